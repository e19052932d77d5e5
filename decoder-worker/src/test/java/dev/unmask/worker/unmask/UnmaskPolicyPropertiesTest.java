package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.sampling.Noise;
import dev.unmask.worker.unmask.Factor.Edge;
import java.util.Arrays;
import java.util.BitSet;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnmaskPolicyPropertiesTest {
  private static final long SEED = 20261122;
  private static final int BLOCK = 24;
  private static final int RUNS = 100;

  /** Policies that take the best of what they take. */
  static Stream<UnmaskPolicy> ranking() {
    return Stream.of(
        new FixedSchedule(new Pace.Steps(BLOCK)),
        new FixedSchedule(new Pace.Steps(7)),
        new FixedSchedule(new Pace.TokensPerStep(3)),
        new FixedSchedule(new Pace.TimeSchedule(BLOCK, 1e-3)),
        new FixedSchedule(new Pace.TimeSchedule(5, 1e-3)),
        new Threshold(.6),
        new Threshold(.6, 3, OptionalInt.empty()),
        new Threshold(.6, 1, OptionalInt.of(8)),
        new Factor(1, 1, Edge.THEOREM),
        new Factor(1.5, 2, Edge.FAST_DLLM),
        new Factor(.5, 1, Edge.D2CACHE),
        new EntropyBound(.3, 1),
        new EntropyBound(1, 2, EntropyBound.LeftOut.LAST),
        new Wino(.6, .9, 1),
        new Wino(.6, .9, 3),
        new PcSampler(2, true, 10));
  }

  static Stream<UnmaskPolicy> policies() {
    return Stream.concat(
        ranking(),
        Stream.of(
            new FixedSchedule(new Pace.TokensPerStep(2), OptionalDouble.of(.5)),
            new FixedSchedule(new Pace.TimeSchedule(BLOCK, 1e-3), OptionalDouble.of(2)),
            new Klass(.1, 2, .6, 1),
            new Klass(.1, 1, .6, 4),
            new LeftToRight(OptionalDouble.of(.4), 1),
            new LeftToRight(OptionalDouble.empty(), 2, true),
            new Origin(new Pace.TimeSchedule(BLOCK, 1e-3)),
            new Origin(new Pace.TimeSchedule(5, 1e-3))));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void pick_randomScoresUntilTheBlockIsDone_picksAreCandidatesAndTheBlockEnds(UnmaskPolicy policy) {
    var random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      var masks = new BitSet();
      masks.set(0, BLOCK);
      int step = 0;
      while (!masks.isEmpty()) {
        var round = round(policy, random, masks, step);
        int[] picks = policy.pick(round);
        assertThat(picks).as("seed %d, run %d, step %d", SEED, run, step).isSorted();
        assertThat(picks).doesNotHaveDuplicates();
        assertThat(Arrays.stream(picks)).allMatch(i -> i >= 0 && i < round.candidates());
        assertThat(picks.length > 0 || policy.waits(round)).isTrue();
        Arrays.stream(picks).forEach(pick -> masks.clear(round.positions()[pick]));
        step++;
      }
      assertThat(step).as("seed %d, run %d", SEED, run).isLessThanOrEqualTo(BLOCK);
    }
  }

  @ParameterizedTest
  @MethodSource("ranking")
  void pick_randomScores_noneLeftOutIsBetter(UnmaskPolicy policy) {
    var random = new Random(SEED);
    var masks = new BitSet();
    masks.set(0, BLOCK);
    for (int run = 0; run < RUNS; run++) {
      var round = round(policy, random, masks, 1);
      int[] picks = policy.pick(round);
      double worst = Arrays.stream(picks).mapToDouble(i -> round.scores()[i]).min().orElse(2);
      for (int i = 0; i < round.candidates(); i++) {
        if (Arrays.binarySearch(picks, i) < 0) {
          assertThat((double) round.scores()[i])
              .as("seed %d, run %d", SEED, run)
              .isLessThanOrEqualTo(worst);
        }
      }
    }
  }

  @Test
  void wino_anyShadow_ends() {
    var random = new Random(SEED);
    for (int run = 0; run < RUNS; run++) {
      var wino =
          new Wino(.1 + .9 * random.nextDouble(), random.nextDouble(), 1 + random.nextInt(3));
      var masks = new BitSet();
      masks.set(0, BLOCK);
      int steps = 0;
      while (!masks.isEmpty()) {
        var round = round(wino, random, masks, steps);
        int[] known = IntStream.range(0, BLOCK).filter(position -> !masks.get(position)).toArray();
        int[] picks = wino.pick(round);
        int[] out = wino.revoke(scores(random, known.length), picks.length);
        assertThat(out.length).isLessThan(picks.length);
        Arrays.stream(picks).forEach(pick -> masks.clear(round.positions()[pick]));
        Arrays.stream(out).forEach(index -> masks.set(known[index]));
        steps++;
        assertThat(steps).as("seed %d, run %d: %s", SEED, run, wino).isLessThanOrEqualTo(BLOCK);
      }
    }
  }

  private static Round round(UnmaskPolicy policy, Random random, BitSet masks, int step) {
    int candidates = masks.cardinality();
    int numbers =
        switch (policy.probe()) {
          case Probe.None _ -> 0;
          case Probe.Entropy _ -> 1;
          case Probe.Divergence(int history) -> history;
        };
    float[][] probed = new float[candidates][];
    for (int i = 0; i < candidates; i++) {
      probed[i] = scores(random, numbers);
    }
    return new Round(
        masks.stream().toArray(),
        scores(random, candidates),
        probed,
        candidates,
        step,
        BLOCK - candidates,
        new Layout(1, BLOCK),
        new Noise(random.nextLong(), step));
  }

  private static float[] scores(Random random, int count) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextInt(4) == 0 ? 1 : random.nextFloat();
    }
    return scores;
  }
}
