package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.method.Guidance;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuidanceTest {
  @Test
  void computes_intervalOfOne_everyStep() {
    assertThat(IntStream.range(0, 20).allMatch(new Guidance(1.5, 1)::computes)).isTrue();
  }

  @Test
  void computes_interval_theFirstFiveAndItsMultiples() {
    assertThat(IntStream.range(0, 20).filter(new Guidance(1, 7)::computes))
        .containsExactly(0, 1, 2, 3, 4, 7, 14);
    assertThat(IntStream.range(0, 10).filter(new Guidance(1, 3)::computes))
        .containsExactly(0, 1, 2, 3, 4, 6, 9);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Guidance(0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Guidance(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Guidance(1, 0));
  }
}
