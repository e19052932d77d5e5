package dev.unmask.client.load.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.measure.Meter;
import dev.unmask.client.load.measure.Outcomes;
import dev.unmask.client.load.measure.Window;
import dev.unmask.client.load.search.Saturation.Trial;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SaturationTest {
  private static final Promise PROMISE =
      new Promise(Optional.empty(), Optional.of(Duration.ofSeconds(1)));

  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1, 3, 40, 45, 64, 900})
  void search_queue_findsItsLimitFromEitherSide(double first) {
    var found = search(first, 0.5, SaturationTest::queue);
    assertThat(found.finished()).isTrue();
    assertThat(found.kept()).isLessThanOrEqualTo(45.1);
    assertThat(found.broken()).isGreaterThan(44.9);
    assertThat(found.broken() / found.kept()).isLessThanOrEqualTo(1.05);
    assertThat(found.trials()).hasSizeLessThan(20);
  }

  @Test
  void search_queue_doublesThenHalvesTheInterval() {
    assertThat(search(10, 0.5, SaturationTest::queue).trials())
        .extracting(Trial::rate)
        .containsExactly(10.0, 20.0, 40.0, 80.0, 60.0, 50.0, 45.0, 42.5, 43.75);
  }

  @Test
  void search_nothingHolds_endsAtTheLeastRate() {
    var found = search(8, 0.5, _ -> 5_000);
    assertThat(found.finished()).isTrue();
    assertThat(found.kept()).isZero();
    assertThat(found.broken()).isEqualTo(0.5);
    assertThat(found.trials()).hasSize(5).noneMatch(Trial::kept);
  }

  @Test
  void search_everythingHolds_endsAtTheLargestRate() {
    var found = new Saturation(3_000, 1, PROMISE).search(rate -> constant(rate));
    assertThat(found.kept()).isEqualTo(10_000);
    assertThat(found.broken()).isZero();
    assertThat(found.trials()).extracting(Trial::rate).containsExactly(3_000.0, 6_000.0, 10_000.0);
  }

  @Test
  void search_interrupted_tellsWhatItKnows() {
    var found =
        new Saturation(1, 0.5, PROMISE)
            .search(rate -> rate < 4 ? Outcomes.level(rate, 100) : cutOff(rate));
    assertThat(found.finished()).isFalse();
    assertThat(found.kept()).isEqualTo(2);
    assertThat(found.trials()).hasSize(2);
  }

  @Test
  void search_aServerThatComesAndGoes_endsAllTheSame() {
    var odd = new boolean[1];
    var found =
        search(
            1,
            0.1,
            rate -> {
              odd[0] = !odd[0];
              return odd[0] ? 10 : 5_000;
            });
    assertThat(found.finished()).isTrue();
    assertThat(found.kept()).isCloseTo(found.broken(), within(0.1 * found.broken()));
  }

  /** Answers after 100 ms on its own, later by a factor of 1 / (1 - load): 1 s at 90 % of 50/s. */
  private static double queue(double rate) {
    return rate < 50 ? 100 / (1 - rate / 50) : 100_000;
  }

  private static Saturation.Found search(double first, double least, DoubleUnaryOperator latency) {
    return new Saturation(first, least, PROMISE)
        .search(rate -> Outcomes.level(rate, (long) latency.applyAsDouble(rate)));
  }

  /** A level of few requests, because that many would take long to make. */
  private static Level constant(double rate) {
    var meter = new Meter(new Window(0, 1_000_000_000));
    meter.add(Outcomes.completed(0, 1));
    return meter.level(new Load.Rate(rate), 1_000_000_000, 1_000_000_000, true);
  }

  private static Level cutOff(double rate) {
    return new Meter(new Window(0, 1)).level(new Load.Rate(rate), 0, 0, false);
  }
}
