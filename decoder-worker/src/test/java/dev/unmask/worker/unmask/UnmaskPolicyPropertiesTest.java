package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.unmask.Factor.Edge;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnmaskPolicyPropertiesTest {
  private static final long SEED = 20261122;
  private static final int BLOCK = 24;

  static Stream<UnmaskPolicy> policies() {
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
        new Factor(.5, 1, Edge.D2CACHE));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void pick_randomScoresUntilTheBlockIsDone_picksAreCandidatesAndTheBlockEnds(UnmaskPolicy policy) {
    var random = new Random(SEED);
    for (int run = 0; run < 100; run++) {
      int left = BLOCK;
      int step = 0;
      while (left > 0) {
        var round = Rounds.of(scores(random, left), step, BLOCK - left, new Layout(1, BLOCK));
        int[] picks = policy.pick(round);
        assertThat(picks).as("seed %d, run %d, step %d", SEED, run, step).isSorted();
        assertThat(picks).doesNotHaveDuplicates();
        assertThat(Arrays.stream(picks)).allMatch(i -> i >= 0 && i < round.candidates());
        assertThat(picks.length > 0 || policy.waits(round)).isTrue();
        left -= picks.length;
        step++;
      }
      assertThat(step).as("seed %d, run %d", SEED, run).isLessThanOrEqualTo(BLOCK);
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void pick_randomScores_noneLeftOutIsBetter(UnmaskPolicy policy) {
    var random = new Random(SEED);
    for (int run = 0; run < 100; run++) {
      float[] scores = scores(random, BLOCK);
      int[] picks = policy.pick(Rounds.of(scores, 1, 0, new Layout(1, BLOCK)));
      double worst = Arrays.stream(picks).mapToDouble(i -> scores[i]).min().orElse(2);
      for (int i = 0; i < scores.length; i++) {
        if (Arrays.binarySearch(picks, i) < 0) {
          assertThat((double) scores[i])
              .as("seed %d, run %d", SEED, run)
              .isLessThanOrEqualTo(worst);
        }
      }
    }
  }

  private static float[] scores(Random random, int count) {
    float[] scores = new float[count];
    for (int i = 0; i < count; i++) {
      scores[i] = random.nextInt(4) == 0 ? 1 : random.nextFloat();
    }
    return scores;
  }
}
