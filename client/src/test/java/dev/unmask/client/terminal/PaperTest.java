package dev.unmask.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PaperTest {
  @Test
  void of_sttySize_isTaken() {
    assertThat(Paper.of("50 132", Map.of())).isEqualTo(new Paper(132, 50, true));
  }

  @Test
  void of_noSize_is24By80() {
    assertThat(Paper.of("", Map.of())).isEqualTo(new Paper(80, 24, true));
    assertThat(Paper.of("0 0", Map.of())).isEqualTo(new Paper(80, 24, true));
  }

  @Test
  void of_noColor_hasNone() {
    assertThat(Paper.of("", Map.of("NO_COLOR", "1")).colour()).isFalse();
    assertThat(Paper.of("", Map.of("NO_COLOR", "")).colour()).isTrue();
  }
}
