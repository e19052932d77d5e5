package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Noise;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.scoring.TokenFrequencies;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.Wino;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a decoding does with predictions: a prompt of 3, two blocks of 4. */
class ChooserTest {
  private static final int MASK = 99;
  private static final int END = 98;
  private static final ModelTraits LLADA = new ModelTraits(MASK, END, 0);
  private static final int[] PROMPT = {1, 2, 3};

  @Test
  void accept_randomConfidence_ranksByTheNoiseOfSeedStepAndPosition() {
    var scoring = Scoring.of(Confidence.RANDOM, new Sampling(0, 1, 0, 42));
    var outcomes = run(Methods.plain().with(scoring), llada());
    var noise = new Noise(42, 0);
    int best =
        IntStream.range(3, 7)
            .boxed()
            .max((a, b) -> Double.compare(uniform(noise, a), uniform(noise, b)))
            .orElseThrow();
    var commit = outcomes.getFirst().commits().getFirst();
    assertThat(commit.position()).isEqualTo(best);
    assertThat(commit.confidence()).isEqualTo((float) uniform(noise, best));
    var other = Scoring.of(Confidence.RANDOM, new Sampling(0, 1, 0, 43));
    assertThat(positions(run(Methods.plain().with(other), llada())))
        .isNotEqualTo(positions(outcomes));
  }

  private static double uniform(Noise noise, int position) {
    return noise.uniform(Noise.Purpose.CONFIDENCE, position);
  }

  @Test
  void accept_prior_weighsScoresButNotConfidences() {
    // Position 5 is a little surer, position 3 stands beside the prompt.
    var denoiser = llada().confidences((_, position) -> position == 5 ? .6 : .5);
    var scoring = Scoring.GREEDY.with(OptionalDouble.of(1));
    var first = run(Methods.plain().with(scoring), denoiser).getFirst().commits().getFirst();
    assertThat(first.position()).isEqualTo(3);
    assertThat(first.confidence()).isEqualTo(.5f);
  }

  @Test
  void accept_entropies_reachThePolicyByCandidate() {
    // Sums without the largest entropy: 0 .1 .2 .3.
    var denoiser =
        llada()
            .confidences((_, position) -> 1 - position / 20.0)
            .probed((_, position) -> position < 6 ? .1 : 3);
    var outcomes = run(Methods.plain().with(new EntropyBound(.35, 1)), denoiser);
    assertThat(positions(outcomes.subList(0, 1)).getFirst()).containsExactly(3, 4, 5, 6);
    outcomes = run(Methods.plain().with(new EntropyBound(.15, 1)), denoiser);
    assertThat(positions(outcomes.subList(0, 1)).getFirst()).containsExactly(3, 4);
  }

  @Test
  void accept_divergences_needTheStepsBefore() {
    // Everything is sure and nothing moves, but only the third step can tell.
    var still = llada().confidences((_, _) -> .95).probed((_, _) -> 0);
    var outcomes = run(Methods.plain().with(new Klass(.01, 2, .9, 1)), still);
    assertThat(outcomes).extracting(outcome -> outcome.commits().size()).startsWith(1, 1, 2);
    // The second block was scored all along, so it goes at once.
    assertThat(outcomes.get(3).commits()).hasSize(4);
  }

  @Test
  void accept_divergencesOfABlockNotScored_waitForItsOwnSteps() {
    var still = llada().confidences((_, _) -> .95).probed((_, _) -> 0);
    var methods = Methods.plain().with(new Klass(.01, 2, .9, 1)).with(new DualCache());
    var outcomes = run(methods, still);
    assertThat(outcomes)
        .extracting(outcome -> outcome.commits().size())
        .containsExactly(1, 1, 2, 1, 1, 2);
  }

  @Test
  void accept_movingDistribution_isNotCommitted() {
    var moving = llada().confidences((_, _) -> .95).probed((_, position) -> position == 6 ? .5 : 0);
    var outcomes = run(Methods.plain().with(new Klass(.01, 1, .9, 1)), moving);
    assertThat(positions(outcomes).subList(0, 3))
        .containsExactly(List.of(3), List.of(4, 5), List.of(6));
  }

  @Test
  void accept_shadowDoubtsATokenAndEnoughWentIn_takesItBack() {
    var denoiser =
        llada()
            .confidences((step, position) -> step == 0 && position > 4 ? .1 : .9)
            .verified((step, position) -> step == 1 && position == 3 ? .2 : .95);
    var outcomes = run(Methods.plain().with(new Wino(.7, .9, 1)), denoiser);
    assertThat(positions(outcomes).subList(0, 3))
        .containsExactly(List.of(3, 4), List.of(5, 6), List.of(3));
    assertThat(outcomes.get(1).revoked()).containsExactly(3);
    assertThat(outcomes.get(1).blockFinished()).isFalse();
    assertThat(outcomes.get(2).blockFinished()).isTrue();
  }

  @Test
  void accept_shadowDoubtsEverything_stillEnds() {
    for (int minimum = 1; minimum <= 3; minimum++) {
      var denoiser = llada().confidences((_, _) -> .99).verified((_, _) -> 0);
      var outcomes = run(Methods.plain().with(new Wino(.7, .9, minimum)), denoiser);
      assertThat(outcomes.size()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void accept_pcSampler_prefersWhatIsRare() {
    var counts = Map.of(3, 900L, 4, 90L, 5, 9L, 6, 1L);
    var traits =
        new ModelTraits(
            MASK,
            END,
            new int[0],
            0,
            OptionalInt.empty(),
            Optional.of(TokenFrequencies.of(counts, 1000, 100)));
    var methods = Methods.plain().with(new PcSampler(1, true, 6));
    var even = llada().confidences((_, _) -> .9);
    var outcomes = run(traits, methods, even);
    assertThat(positions(outcomes).subList(0, 4))
        .containsExactly(List.of(6), List.of(5), List.of(4), List.of(3));
    assertThat(outcomes.getFirst().commits().getFirst().confidence()).isEqualTo(6);
    assertThat(outcomes.get(1).commits().getFirst().confidence())
        .isCloseTo((float) (-.9 * Math.log(.009)), within(1e-4f));
    var plain = run(traits, methods.with(new PcSampler(1, false, 6)), llada());
    assertThat(positions(plain).getFirst()).containsExactly(3);
  }

  @Test
  void new_pcSamplerWithoutTokenCounts_isRefused() {
    var method = Methods.plain().with(new PcSampler(1, true, 10)).method();
    assertThatThrownBy(() -> new Decoding(LLADA, method, PROMPT))
        .isInstanceOf(ProblemException.class)
        .hasMessageContaining("spec.pc_sampler.debias");
    assertThat(
            new Decoding(LLADA, Methods.plain().with(new PcSampler(1, false, 10)).method(), PROMPT))
        .isNotNull();
  }

  @Test
  void accept_leftToRightWithoutAThreshold_takesTheRunInD2CacheOnly() {
    var methods = Methods.plain().with(new LeftToRight(OptionalDouble.empty(), 1));
    assertThat(run(methods, llada())).hasSize(8);
    assertThat(run(methods.with(Compatibility.D2CACHE), llada())).hasSize(2);
  }

  @Test
  void accept_entropyBoundOfD2Cache_leavesOutTheLastEntropy() {
    var denoiser =
        llada()
            .confidences((_, position) -> 1 - position / 20.0)
            .probed((_, position) -> position == 3 ? 1 : .1);
    var methods = Methods.plain().with(new EntropyBound(.25, 1));
    assertThat(run(methods, denoiser).getFirst().commits()).hasSize(3);
    assertThat(run(methods.with(Compatibility.D2CACHE), denoiser).getFirst().commits()).hasSize(1);
  }

  @Test
  void accept_coinsSayNone_isAStepWithoutCommits() {
    var methods = Methods.plain().with(new Origin(new Pace.TimeSchedule(8, 1e-3)));
    boolean waited = false;
    for (int seed = 0; seed < 20; seed++) {
      var scoring = Scoring.of(Confidence.MAX_PROBABILITY, new Sampling(0, 1, 0, seed));
      var outcomes = run(methods.with(scoring), llada());
      waited |= outcomes.stream().anyMatch(outcome -> outcome.commits().isEmpty());
      assertThat(outcomes.size()).isLessThanOrEqualTo(8);
      assertThat(outcomes.stream().mapToInt(outcome -> outcome.commits().size()).sum())
          .isEqualTo(8);
    }
    assertThat(waited).isTrue();
  }

  @Test
  void accept_wrongNumberOfVerified_isRefused() {
    var decoding = new Decoding(LLADA, Methods.plain().with(new Wino(.7, .9, 1)).method(), PROMPT);
    decoding.advance(llada());
    var answer = llada().step(decoding.next());
    assertThatThrownBy(() -> decoding.accept(answer.with(new float[7], new float[0])))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void accept_thresholdOfAStoredForward_picksTheSame() {
    var methods = Methods.plain().with(new Threshold(.2)).method();
    var computed = new Decoding(LLADA, methods, PROMPT);
    var fetched = new Decoding(LLADA, methods, PROMPT);
    var one = computed.advance(llada());
    var other = fetched.accept(llada().step(fetched.next()).with(0));
    assertThat(other.commits()).isEqualTo(one.commits());
    assertThat(other.rowsComputed()).isZero();
  }

  private static ScriptedDenoiser llada() {
    return new ScriptedDenoiser(0, position -> position);
  }

  private static List<StepOutcome> run(Methods methods, ScriptedDenoiser denoiser) {
    return run(LLADA, methods, denoiser);
  }

  private static List<StepOutcome> run(
      ModelTraits traits, Methods methods, ScriptedDenoiser denoiser) {
    var decoding = new Decoding(traits, methods.method(), PROMPT);
    var outcomes = new ArrayList<StepOutcome>();
    while (!decoding.done()) {
      outcomes.add(decoding.advance(denoiser));
    }
    return outcomes;
  }

  private static List<List<Integer>> positions(List<StepOutcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> outcome.commits().stream().map(Commit::position).toList())
        .toList();
  }
}
