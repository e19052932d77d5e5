package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.sampling.Noise;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Probe;
import dev.unmask.worker.unmask.Wino;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a decoding asks a model for: a prompt of 3, two blocks of 4 unless a test says otherwise.
 */
class PlannerTest {
  private static final int MASK = 99;
  private static final int END = 98;
  private static final int TURN = 97;
  private static final long SEED = 20261122;
  private static final ModelTraits LLADA = new ModelTraits(MASK, END, 0).withEndOfTurn(TURN);
  private static final ModelTraits DREAM = new ModelTraits(MASK, END, 1);
  private static final int[] PROMPT = {1, 2, 3};

  @Test
  void next_randomConfidence_asksTheModelForAProbability() {
    var step = first(Methods.plain().with(Confidence.RANDOM));
    assertThat(step.wanted().confidence()).isEqualTo(Confidence.MAX_PROBABILITY);
  }

  @Test
  void next_policyWithAProbe_asksForIt() {
    assertThat(first(Methods.plain()).wanted().probe()).isEqualTo(new Probe.None());
    assertThat(first(Methods.plain().with(new EntropyBound(1, 1))).wanted().probe())
        .isEqualTo(new Probe.Entropy());
  }

  @Test
  void next_divergencesWanted_scoresEveryMaskThatIsComputed() {
    var klass = Methods.plain().with(new Klass(1, 2, .5, 1));
    assertThat(first(klass).scored()).containsExactly(range(3, 11));
    var dual = run(LLADA, klass.with(new DualCache()), llada());
    assertThat(dual.get(0).scored()).containsExactly(range(3, 11));
    assertThat(dual.get(1).scored()).containsExactly(4, 5, 6);
  }

  @Test
  void next_endTokensRuledOut_namesThem() {
    var greedy = new Scoring(Confidence.MAX_PROBABILITY, none(), Sampling.GREEDY, true, true);
    var wanted = first(Methods.plain().with(greedy)).wanted();
    assertThat(wanted.barred()).containsExactly(END);
    assertThat(wanted.doubted()).containsExactly(END, TURN);
    var drawn =
        new Scoring(Confidence.MAX_PROBABILITY, none(), new Sampling(1, 1, 0, 7), false, true);
    wanted = first(Methods.plain().with(drawn)).wanted();
    assertThat(wanted.barred()).isEmpty();
    assertThat(wanted.doubted()).containsExactly(TURN);
    wanted = first(Methods.plain()).wanted();
    assertThat(wanted.barred()).isEmpty();
    assertThat(wanted.doubted()).isEmpty();
  }

  private static OptionalDouble none() {
    return OptionalDouble.empty();
  }

  @Test
  void next_guidance_computesTheOtherHalfAtItsInterval() {
    var cache = new DllmCache(2, 1, .5);
    var steps = run(LLADA, Methods.plain().with(cache).with(new Guidance(1, 3)), llada());
    assertThat(steps)
        .extracting(step -> step.unconditional().isPresent())
        .containsExactly(true, true, true, true, true, false, true, false);
    // The other half counts its own steps: step 6 is its sixth.
    assertThat(steps.get(5).mechanism()).isEqualTo(refresh(false));
    assertThat(steps.get(6).mechanism()).isEqualTo(refresh(true));
    assertThat(steps.get(4).unconditional()).contains(refresh(true));
    assertThat(steps.get(6).unconditional()).contains(refresh(false));
  }

  private static Mechanism refresh(boolean prompt) {
    return new Mechanism.LayerRefresh(3, prompt, true, OptionalInt.empty());
  }

  @Test
  void next_noGuidance_hasNoOtherHalf() {
    assertThat(first(Methods.plain()).unconditional()).isEmpty();
  }

  @Test
  void next_wino_shadowsTheBlockAndVerifiesItsTokens() {
    var denoiser = llada().confidences((_, position) -> position % 2 == 0 ? .9 : .1);
    var steps = run(LLADA, Methods.plain().with(new Wino(.7, .5, 1)), denoiser);
    assertThat(steps.get(0).mechanism()).isEqualTo(new Mechanism.Shadow(3, 7));
    assertThat(steps.get(0).verified()).isEmpty();
    assertThat(steps.get(0).rows()).containsExactly(range(0, 11));
    assertThat(steps.get(0).scored()).containsExactly(3, 4, 5, 6);
    assertThat(steps.get(1).verified()).containsExactly(4, 6);
    assertThat(steps.get(1).scored()).containsExactly(3, 5);
    assertThat(steps.get(1).tokens()[4]).isEqualTo(4);
    assertThat(steps.getLast().mechanism()).isEqualTo(new Mechanism.Shadow(7, 11));
  }

  @Test
  void next_sparseDllm_startsAgainInEveryBlock() {
    var steps = run(LLADA, Methods.plain().with(new SparseDllm(.5, 3, 1)), llada());
    assertThat(steps)
        .extracting(Step::mechanism)
        .containsExactly(
            new Mechanism.Fresh(),
            new Mechanism.Retain(3, 7, 3, 3),
            new Mechanism.Retained(),
            new Mechanism.Retained(),
            new Mechanism.Fresh(),
            new Mechanism.Retain(7, 11, 3, 3),
            new Mechanism.Retained(),
            new Mechanism.Retained());
    assertThat(steps.get(2).rows()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void next_sparseDllmOfDream_speaksWithTheLeftNeighbourUnlessThePositionIsForced() {
    var sparse = Methods.plain().with(new SparseDllm(.5, 3, 1));
    var ours = run(DREAM, sparse, dream());
    assertThat(ours.get(1).mechanism()).isEqualTo(new Mechanism.Retain(2, 7, 3, 3));
    assertThat(ours.get(2).rows()).containsExactly(2, 3, 4, 5, 6);
    var time = new FixedSchedule(new Pace.TimeSchedule(8, 1e-3));
    var theirs = run(DREAM, sparse.with(time).with(Compatibility.SPARSE_DLLM), dream());
    assertThat(theirs.get(0).scored()).containsExactly(2);
    assertThat(theirs.get(1).mechanism()).isEqualTo(new Mechanism.Retain(3, 7, 3, 3));
    assertThat(theirs.get(2).rows()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void next_d2Cache_scoresEveryMaskFirst() {
    var d2 = new D2Cache(0, 1, 4096, 0, D2Cache.Mode.COMPATIBLE);
    var steps = run(LLADA, Methods.plain().with(d2), llada().importance((_, p) -> p == 1 ? 1 : 0));
    assertThat(steps.get(0).scored()).containsExactly(range(3, 11));
    assertThat(steps.get(0).mechanism()).isEqualTo(new Mechanism.Overwrite(true));
    // The most attended prompt position, what was committed, and the surest mask.
    assertThat(steps.get(1).rows()).containsExactly(1, 3, 4);
    assertThat(steps.get(1).scored()).containsExactly(4);
  }

  @ParameterizedTest
  @EnumSource
  void next_d2CacheWithAnyPredictions_computesAMaskThatCanBeCommitted(D2Cache.Mode mode) {
    var random = new Random(SEED);
    for (int run = 0; run < 300; run++) {
      long seed = random.nextLong();
      var traits = random.nextBoolean() ? LLADA : DREAM;
      var cache =
          new D2Cache(
              random.nextBoolean() ? 0 : random.nextDouble() / 2,
              1 + random.nextInt(4),
              .5 + 8 * random.nextDouble(),
              random.nextInt(3),
              mode);
      var methods = Methods.plain().with(cache).with(compatibility(random));
      var rule = random.nextBoolean() ? EndOfSequenceRule.STOP : EndOfSequenceRule.DECODE_ALL;
      var decoding = new Decoding(traits, methods.with(rule).method(24, 8), PROMPT);
      var denoiser = chaos(traits.predictionShift(), seed);
      while (!decoding.done()) {
        var step = decoding.next();
        var outcome = decoding.accept(denoiser.step(step));
        assertThat(outcome.commits()).as("seed %d, run %d", SEED, run).isNotEmpty();
        assertThat(step.scored()).isNotEmpty();
      }
    }
  }

  private static Compatibility compatibility(Random random) {
    return random.nextBoolean() ? Compatibility.D2CACHE : Compatibility.UNMASK;
  }

  /** Confidences and importance without any sense; every third token ends the sequence. */
  private static ScriptedDenoiser chaos(int shift, long seed) {
    return new ScriptedDenoiser(shift, position -> (position + seed) % 3 == 0 ? END : position)
        .confidences(
            (step, position) -> new Noise(seed, step).uniform(Noise.Purpose.CONFIDENCE, position))
        .importance(
            (step, position) -> new Noise(seed, step).uniform(Noise.Purpose.COMMIT, position));
  }

  @Test
  void next_chosenMasksAreBehindTheEnd_thoseBeforeItAreComputedToo() {
    var d2 = new D2Cache(0, 1, 4096, 0, D2Cache.Mode.COMPATIBLE);
    var method = Methods.plain().with(d2).with(EndOfSequenceRule.STOP).method(8, 8);
    var decoding = new Decoding(LLADA, method, PROMPT);
    var denoiser =
        new ScriptedDenoiser(0, position -> position == 6 ? END : position)
            .confidences((_, position) -> position == 6 ? .9 : position == 10 ? .8 : .1)
            .importance((_, position) -> position == 1 ? 1 : 0);
    decoding.advance(denoiser);
    assertThat(decoding.next().rows()).containsExactly(1, 3, 4, 5, 6, 10);
    assertThat(decoding.next().scored()).containsExactly(3, 4, 5);
    while (!decoding.done()) {
      decoding.advance(denoiser);
    }
    assertThat(decoding.canvas()).containsExactly(1, 2, 3, 3, 4, 5, END, MASK, MASK, MASK, MASK);
  }

  @Test
  void widen_moreRows_areComputedAndScored() {
    var decoding = new Decoding(LLADA, Methods.plain().with(new DualCache()).method(), PROMPT);
    decoding.accept(llada().step(decoding.next()));
    var planned = decoding.next();
    assertThat(planned.rows()).containsExactly(3, 4, 5, 6);
    var widened = decoding.widen(0, 5, 9);
    assertThat(widened.rows()).containsExactly(0, 3, 4, 5, 6, 9);
    assertThat(widened.tokens()).containsExactly(1, 3, MASK, MASK, MASK, MASK);
    assertThat(widened.number()).isEqualTo(planned.number());
    assertThat(widened.scored()).containsExactly(4, 5, 6);
    assertThat(decoding.next()).isSameAs(widened);
    assertThat(decoding.accept(llada().step(widened)).commits()).hasSize(1);
  }

  private static Step first(Methods methods) {
    return new Decoding(LLADA, methods.method(), PROMPT).next();
  }

  private static List<Step> run(ModelTraits traits, Methods methods, ScriptedDenoiser denoiser) {
    var decoding = new Decoding(traits, methods.method(), PROMPT);
    while (!decoding.done()) {
      decoding.advance(denoiser);
    }
    return denoiser.steps;
  }

  private static ScriptedDenoiser llada() {
    return new ScriptedDenoiser(0, position -> position);
  }

  private static ScriptedDenoiser dream() {
    return new ScriptedDenoiser(1, position -> position);
  }

  private static int[] range(int start, int end) {
    return IntStream.range(start, end).toArray();
  }
}
