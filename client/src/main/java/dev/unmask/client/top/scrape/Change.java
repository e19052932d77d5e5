package dev.unmask.client.top.scrape;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A service between two readings. What needs both is empty without the first; what a page does not
 * tell is empty, too. A counter that fell began anew: all it shows is new, as Prometheus takes it.
 *
 * @param before the reading before; absent at first
 * @param now the last one
 */
public record Change(Optional<Reading> before, Reading now) {
  private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Whether the last reading brought a page. */
  public boolean reached() {
    return now.page().isPresent();
  }

  /** A metric's last value, of all its series together. */
  public OptionalDouble value(String name) {
    return value(name, Map.of());
  }

  /** The last value of a metric's series that have these labels, together. */
  public OptionalDouble value(String name, Map<String, String> labels) {
    return now.page().map(page -> page.sum(name, labels)).orElse(OptionalDouble.empty());
  }

  /** How much a counter rose, all its series together. */
  public OptionalDouble more(String name) {
    return more(name, Map.of());
  }

  /** How much a counter's series that have these labels rose. */
  public OptionalDouble more(String name, Map<String, String> labels) {
    var then = before.flatMap(Reading::page).map(page -> page.sum(name, labels));
    var last = value(name, labels);
    if (then.isEmpty() || last.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(risen(then.get().orElse(0), last.getAsDouble()));
  }

  /** How much a counter rose a second. */
  public OptionalDouble rate(String name) {
    return rate(name, Map.of());
  }

  /** How much a counter's series that have these labels rose a second. */
  public OptionalDouble rate(String name, Map<String, String> labels) {
    var more = more(name, labels);
    double seconds = before.map(then -> (now.nanos() - then.nanos()) / SECOND).orElse(0.);
    return more.isEmpty() || seconds <= 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(more.getAsDouble() / seconds);
  }

  /**
   * How much one counter rose for each that another did.
   *
   * @return empty if the other did not rise
   */
  public OptionalDouble ratio(String name, String by) {
    return over(more(name), more(by));
  }

  /** A quantile of what a histogram counted between the readings. */
  public OptionalDouble quantile(String histogram, double share) {
    if (before.flatMap(Reading::page).isEmpty() || !reached()) {
      return OptionalDouble.empty();
    }
    var then = before.flatMap(Reading::page).orElseThrow().buckets(histogram);
    var counted = new TreeMap<Double, Double>();
    now.page()
        .orElseThrow()
        .buckets(histogram)
        .forEach((bound, count) -> counted.put(bound, risen(then.getOrDefault(bound, 0.), count)));
    return Quantile.of(counted, share);
  }

  /** One number over another; empty without both, or over nought. */
  public static OptionalDouble over(OptionalDouble part, OptionalDouble whole) {
    return part.isEmpty() || !(whole.orElse(0) > 0)
        ? OptionalDouble.empty()
        : OptionalDouble.of(part.getAsDouble() / whole.getAsDouble());
  }

  private static double risen(double then, double last) {
    return last < then ? last : last - then;
  }
}
