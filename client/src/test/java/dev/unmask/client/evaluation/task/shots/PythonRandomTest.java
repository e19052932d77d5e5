package dev.unmask.client.evaluation.task.shots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Expected numbers are those that CPython 3.11's random.Random(seed).sample gave. */
class PythonRandomTest {
  @Test
  void sample_seed1234_isPythons() {
    var random = new PythonRandom(1234);

    assertThat(random.sample(7473, 5)).containsExactly(6374, 3610, 957, 61, 742);
    assertThat(random.sample(7473, 5)).containsExactly(7462, 6610, 4769, 286, 5501);
    assertThat(random.sample(7473, 5)).containsExactly(5677, 687, 806, 6279, 2905);
    assertThat(random.sample(21, 5)).containsExactly(7, 0, 19, 18, 11);
    assertThat(random.sample(22, 5)).containsExactly(20, 19, 15, 14, 4);
    assertThat(random.sample(10, 10)).containsExactly(1, 2, 9, 6, 0, 4, 3, 5, 8, 7);
    assertThat(random.sample(100, 8)).containsExactly(8, 76, 86, 11, 65, 74, 5, 34);
    assertThat(random.sample(86, 8)).containsExactly(71, 8, 82, 38, 61, 45, 34, 31);
    assertThat(random.sample(85, 8)).containsExactly(83, 25, 58, 67, 2, 65, 9, 0);
    assertThat(random.sample(1, 1)).containsExactly(0);
    assertThat(random.sample(1000, 64)).startsWith(147, 727, 484, 673).hasSize(64);
  }

  @Test
  void sample_otherSeeds_arePythons() {
    assertThat(new PythonRandom(42).sample(7473, 5)).containsExactly(5238, 912, 204, 6074, 2253);
    assertThat(new PythonRandom(0).sample(7473, 5)).containsExactly(6917, 3155, 6209, 7292, 3445);
    assertThat(new PythonRandom(-7).sample(7473, 5)).containsExactly(2652, 1235, 3234, 5332, 395);
    assertThat(new PythonRandom((1L << 40) + 5).sample(7473, 5))
        .containsExactly(4131, 4234, 2200, 5437, 224);
    assertThat(new PythonRandom(Long.MAX_VALUE).sample(7473, 5))
        .containsExactly(2593, 5378, 5171, 1086, 6582);
  }

  @Test
  void sample_moreThanThereAre_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PythonRandom(1).sample(3, 4))
        .withMessageContaining("count must be 0 to 3");
  }
}
