package dev.unmask.client.top.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExpositionTest {
  @Test
  void parse_everyFormOfALine_isRead() {
    var page =
        Exposition.parse(
            """
            # HELP a Things.
            # TYPE a counter
            a 3
            b{kind="good",} 1.5E3

            b{kind="bad", of="x"} 2 1700000000000
            c{text="a \\"word\\", a \\\\ and\\na line }"} +Inf
            d -Inf
            e NaN
            """);
    assertThat(page.sum("a", Map.of())).hasValue(3);
    assertThat(page.sum("b", Map.of())).hasValue(1502);
    assertThat(page.sum("b", Map.of("kind", "bad"))).hasValue(2);
    assertThat(page.sum("b", Map.of("kind", "worse"))).isEmpty();
    assertThat(page.sum("c", Map.of("text", "a \"word\", a \\ and\na line }")))
        .hasValue(Double.POSITIVE_INFINITY);
    assertThat(page.sum("d", Map.of())).hasValue(Double.NEGATIVE_INFINITY);
    assertThat(page.sum("e", Map.of()).orElseThrow()).isNaN();
    assertThat(page.sum("f", Map.of())).isEmpty();
  }

  @Test
  void buckets_ofSeveralSeries_areAddedByBound() {
    var page =
        Exposition.parse(
            """
            t_bucket{of="x",le="0.1"} 1
            t_bucket{of="x",le="+Inf"} 4
            t_bucket{of="y",le="0.1"} 2
            t_bucket{of="y",le="+Inf"} 2
            t_count{of="x"} 4
            """);
    assertThat(page.buckets("t")).isEqualTo(Map.of(0.1, 3., Double.POSITIVE_INFINITY, 6.));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<html>", "a", "a x", "{} 1", "a{b=1} 1", "a{b=\"1} 1", "a{b=\"1\" 1", "a{b 1"})
  void parse_somethingElse_saysWhatItSaw(String line) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exposition.parse("a 1\n" + line + "\n"))
        .withMessage("no line of metrics: " + line);
  }
}
