package dev.unmask.client.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlyphTest {
  @ParameterizedTest
  @CsvSource({"a, 1", "é, 1", "語, 2", "한, 2", "😀, 2", "\u0301, 0", "░, 1"})
  void columns_codePoint_isWhatATerminalTakes(String text, int columns) {
    assertThat(Glyph.of(text.codePointAt(0), Ink.PLAIN).columns()).isEqualTo(columns);
  }

  @ParameterizedTest
  @CsvSource({
    "0.0, 203",
    "0.6, 209",
    "0.8, 215",
    "0.9, 222",
    "0.97, 229",
    "1.0, 252",
    "-0.01, 252"
  })
  void inkOf_confidence_goesFromWarmToCalm(double confidence, int colour) {
    assertThat(Ink.of(confidence, false).colour()).isEqualTo(colour);
  }
}
