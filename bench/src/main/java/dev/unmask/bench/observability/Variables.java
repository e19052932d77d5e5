package dev.unmask.bench.observability;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Grafana puts into a query before it asks: the dashboard's own variables at <i>All</i>, and
 * the window of a rate.
 *
 * @param values by name, without the {@code $}
 */
record Variables(Map<String, String> values) {
  /** What Grafana takes for the time between two scrapes, unless its data source says another. */
  static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(15);

  /** A rate is taken over as many scrapes, so that it has two samples when one was missed. */
  private static final int SCRAPES_OF_A_RATE = 4;

  private static final Pattern NAME = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  /**
   * Those of a dashboard whose points are a scrape apart, as Grafana draws an hour or less.
   *
   * @param own the dashboard's, by name
   */
  static Variables of(Map<String, String> own) {
    var values = new HashMap<>(own);
    var window = SCRAPE_INTERVAL.multipliedBy(SCRAPES_OF_A_RATE);
    values.put("__interval", SCRAPE_INTERVAL.toSeconds() + "s");
    values.put("__rate_interval", window.toSeconds() + "s");
    return new Variables(values);
  }

  Variables {
    values = Map.copyOf(values);
  }

  /**
   * A query as Prometheus gets it.
   *
   * @throws IllegalArgumentException if it has a variable that is not known
   */
  String in(String query) {
    return NAME.matcher(query).replaceAll(found -> Matcher.quoteReplacement(value(found)));
  }

  private String value(MatchResult found) {
    var name = Optional.ofNullable(found.group(1)).orElseGet(() -> found.group(2));
    if (!values.containsKey(name)) {
      throw new IllegalArgumentException("Grafana has no " + found.group());
    }
    return values.get(name);
  }
}
