package dev.unmask.worker.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
  @Test
  void best_equalScores_lowerIndexFirst() {
    assertThat(new Ranking(new float[] {.5f, .9f, .5f, .9f, .5f}).best(3)).containsExactly(0, 1, 3);
  }

  @Test
  void best_zerosOfBothSigns_areEqual() {
    assertThat(new Ranking(new float[] {-0f, 0f}).best(1)).containsExactly(0);
  }

  @Test
  void best_notANumber_comesLast() {
    assertThat(new Ranking(new float[] {Float.NaN, -1e30f}).best(1)).containsExactly(1);
  }

  @Test
  void best_moreThanThereAre_isAll() {
    assertThat(new Ranking(new float[] {1, 2}).best(5)).containsExactly(0, 1);
  }

  @Test
  void at_randomScores_isTheOrderOfAStableSort() {
    long seed = 20261122;
    var random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      float[] scores = new float[1 + random.nextInt(64)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (random.nextInt(9) - 4) / 4f;
      }
      int[] expected =
          IntStream.range(0, scores.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> -scores[i]))
              .mapToInt(i -> i)
              .toArray();
      var ranking = new Ranking(scores);
      assertThat(IntStream.range(0, ranking.size()).map(ranking::at).toArray())
          .as("seed %d, round %d", seed, round)
          .containsExactly(expected);
    }
  }
}
