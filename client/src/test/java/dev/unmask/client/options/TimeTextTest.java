package dev.unmask.client.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TimeTextTest {
  @ParameterizedTest
  @CsvSource({"500ms, 500", "2s, 2000", "1.5s, 1500", "0.25m, 15000", "24h, 86400000", "0s, 0"})
  void convert_numberAndUnit_isATime(String text, long millis) {
    assertThat(new TimeText().convert(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "s", "-1s", "1 s", "1sec", "PT5S", "1e3s", "", "1,5s", "1.s"})
  void convert_anythingElse_isRefused(String text) {
    assertThatExceptionOfType(TypeConversionException.class)
        .isThrownBy(() -> new TimeText().convert(text))
        .withMessage("'" + text + "' is not a number and ms, s, m or h");
  }

  @Test
  void convert_fractions_areExactToTheNanosecond() {
    assertThat(new TimeText().convert("0.000000001s")).isEqualTo(Duration.ofNanos(1));
    assertThat(new TimeText().convert("999999999.5h"))
        .isEqualTo(Duration.ofHours(999_999_999).plusMinutes(30));
  }
}
