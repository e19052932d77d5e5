package dev.unmask.client.top.scrape;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A page of metrics, as it was at one time. */
public final class Exposition {
  private final List<Sample> samples;

  private Exposition(List<Sample> samples) {
    this.samples = samples;
  }

  /**
   * Reads Prometheus' text format.
   *
   * @throws IllegalArgumentException naming the first line that is none of it
   */
  public static Exposition parse(String text) {
    return new Exposition(
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(SampleLine::read)
            .toList());
  }

  /** The sum of a metric's series that have these labels; empty if there is none. */
  OptionalDouble sum(String name, Map<String, String> labels) {
    return named(name, labels).mapToDouble(Sample::value).reduce(Double::sum);
  }

  /**
   * Counts of a histogram by the upper bounds of its buckets, each with all below it; empty if
   * there is no such histogram.
   */
  SortedMap<Double, Double> buckets(String histogram) {
    var buckets = new TreeMap<Double, Double>();
    named(histogram + "_bucket", Map.of())
        .filter(sample -> sample.labels().containsKey("le"))
        .forEach(
            sample -> buckets.merge(bound(sample.labels().get("le")), sample.value(), Double::sum));
    return buckets;
  }

  private Stream<Sample> named(String name, Map<String, String> labels) {
    return samples.stream().filter(sample -> sample.name().equals(name) && sample.has(labels));
  }

  private static double bound(String text) {
    return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
  }
}
