package dev.unmask.client.evaluation.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({"0, 0.0", "54.44, 54.4", "3.456, 3.46", "0.0123, 0.0123", "12345.6, '12,346'"})
  void number_anySize_hasTheDigitsThatCount(double value, String text) {
    assertThat(Figures.number(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "4, 4", "0.25, 0.25", "3.4567, 3.46", "500, 500", "12345.6, '12,346'"})
  void plain_anySize_hasNoZeroBehindThePoint(double value, String text) {
    assertThat(Figures.plain(value)).isEqualTo(text);
  }

  @Test
  void memory_unknown_isNoNumber() {
    assertThat(Figures.memory(0)).isEqualTo("–");
    assertThat(Figures.memory(3L << 30)).isEqualTo("3,072 MiB");
  }
}
