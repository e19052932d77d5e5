package dev.unmask.client.top.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void rate_counterRose_isByTheTimeBetween() {
    var change =
        between(
            "a_total{x=\"1\"} 10\na_total{x=\"2\"} 5", "a_total{x=\"1\"} 16\na_total{x=\"2\"} 5");
    assertThat(change.rate("a_total")).hasValue(3);
    assertThat(change.rate("a_total", Map.of("x", "2"))).hasValue(0);
    assertThat(change.more("a_total")).hasValue(6);
  }

  @Test
  void rate_serviceRestarted_countsWhatIsThere() {
    assertThat(between("a_total 1000", "a_total 4").rate("a_total")).hasValue(2);
  }

  @Test
  void rate_seriesIsNew_countsFromNought() {
    assertThat(between("b 1", "a_total 4").rate("a_total")).hasValue(2);
  }

  @Test
  void rate_firstReadingOrNoPage_isUnknown() {
    var first = new Change(Optional.empty(), page(0, "a_total 1"));
    assertThat(first.rate("a_total")).isEmpty();
    assertThat(first.quantile("a", 0.5)).isEmpty();
    assertThat(first.value("a_total")).hasValue(1);
    var lost = new Change(Optional.of(page(0, "a_total 1")), Reading.failed(SECOND, "gone"));
    assertThat(lost.rate("a_total")).isEmpty();
    assertThat(lost.quantile("a", 0.5)).isEmpty();
    assertThat(lost.reached()).isFalse();
    var back = new Change(Optional.of(Reading.failed(0, "gone")), page(SECOND, "a_total 1"));
    assertThat(back.rate("a_total")).isEmpty();
  }

  @Test
  void ratio_otherDidNotRise_isUnknown() {
    assertThat(between("a 1\nb 1", "a 3\nb 5").ratio("a", "b")).hasValue(0.5);
    assertThat(between("a 1\nb 1", "a 3\nb 1").ratio("a", "b")).isEmpty();
  }

  @Test
  void quantile_onlyWhatWasCountedBetween_isInIt() {
    var change =
        between(
            "t_bucket{le=\"0.1\"} 100\nt_bucket{le=\"0.2\"} 100\nt_bucket{le=\"+Inf\"} 100",
            "t_bucket{le=\"0.1\"} 100\nt_bucket{le=\"0.2\"} 108\nt_bucket{le=\"+Inf\"} 110");
    assertThat(change.quantile("t", 0.5).orElseThrow()).isCloseTo(0.1625, within(1e-9));
    assertThat(change.quantile("t", 0.99)).hasValue(0.2);
    assertThat(change.quantile("u", 0.5)).isEmpty();
  }

  @Test
  void quantile_nothingCountedBetween_isUnknown() {
    var same = "t_bucket{le=\"0.1\"} 7\nt_bucket{le=\"+Inf\"} 9";
    assertThat(between(same, same).quantile("t", 0.5)).isEmpty();
  }

  private static Change between(String before, String after) {
    return new Change(Optional.of(page(0, before)), page(2 * SECOND, after));
  }

  private static Reading page(long nanos, String text) {
    return Reading.of(nanos, Exposition.parse(text));
  }
}
