package dev.unmask.client.load.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          128             | 128
          128,1024        | 128:0.5,1024:0.5
          128,1024:0.3    | 128:0.7,1024:0.3
          1:0.5,2,3       | 1:0.5,2:0.25,3:0.25
          1:3,2:1         | 1:0.75,2:0.25
          1:2,1:2         | 1:0.5,1:0.5
          """)
  void parse_partsAndWeights_haveTheseShares(String text, String shares) {
    assertThat(Mix.parse("--mix", text, Integer::valueOf)).hasToString(shares);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1:0             | --mix: a weight is a number above 0, is '0'
          1:x             | --mix: a weight is a number above 0, is 'x'
          1:              | --mix: a weight is a number above 0, is ''
          1:NaN           | --mix: a weight is a number above 0, is 'NaN'
          1,2:1           | --mix: the weights leave nothing of 1 for the parts without one
          1,              | --mix For input string: ""
          """)
  void parse_malformed_namesOptionAndFault(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mix.parse("--mix", text, Integer::valueOf))
        .withMessage(message);
  }

  @Test
  void parse_tooManyParts_isRefused() {
    var text = IntStream.range(0, 65).mapToObj(Integer::toString).collect(Collectors.joining(","));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mix.parse("--mix", text, Integer::valueOf))
        .withMessage("--mix has at most 64 parts, has 65");
  }

  @Test
  void draw_manyTimes_followsTheShares() {
    var mix = Mix.parse("--mix", "1:0.6,2:0.3,3", Integer::valueOf);
    var random = new SplittableRandom(7);
    var counts = new HashMap<Integer, Integer>();
    for (int i = 0; i < 100_000; i++) {
      counts.merge(mix.draw(random), 1, Integer::sum);
    }
    assertThat(counts.get(1)).isCloseTo(60_000, within(600));
    assertThat(counts.get(2)).isCloseTo(30_000, within(600));
    assertThat(counts.get(3)).isCloseTo(10_000, within(600));
  }
}
