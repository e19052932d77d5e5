package dev.unmask.client.load.workload;

import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Things to draw from, each with its share.
 *
 * @param parts at least one; shares are positive and sum to 1
 */
public record Mix<T>(List<Part<T>> parts) {
  public Mix {
    parts = List.copyOf(parts);
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a mix needs a part");
    }
  }

  /**
   * One of them.
   *
   * @param share of all draws
   */
  public record Part<T>(T value, double share) {}

  /** Always the same. */
  public static <T> Mix<T> of(T value) {
    return new Mix<>(List.of(new Part<>(value, 1)));
  }

  /**
   * Reads {@code VALUE[:WEIGHT],...}. Weights alone are taken in proportion; parts without one
   * share evenly what the weights of the others leave of 1.
   *
   * @param option named in errors
   * @param reader makes a value of its text; its IllegalArgumentException says what is wrong
   * @throws IllegalArgumentException naming the option and what is wrong with it
   */
  public static <T> Mix<T> parse(String option, String text, Function<String, T> reader) {
    var values = new ArrayList<T>();
    var weights = new ArrayList<Double>();
    for (var part : text.split(",", -1)) {
      int colon = part.lastIndexOf(':');
      values.add(value(option, colon < 0 ? part : part.substring(0, colon), reader));
      weights.add(colon < 0 ? 0 : weight(option, part.substring(colon + 1)));
    }
    if (values.size() > Limits.MIX_PARTS) {
      throw new IllegalArgumentException(
          option + " has at most " + Limits.MIX_PARTS + " parts, has " + values.size());
    }
    return of(values, shares(option, weights));
  }

  /** Draws one. */
  public T draw(RandomGenerator random) {
    double left = random.nextDouble();
    for (var part : parts) {
      left -= part.share();
      if (left < 0) {
        return part.value();
      }
    }
    return parts.getLast().value();
  }

  /** All there are, in their order. */
  public List<T> values() {
    return parts.stream().map(Part::value).toList();
  }

  /** The same shares of other things. */
  public <U> Mix<U> map(Function<T, U> change) {
    return new Mix<>(
        parts.stream().map(part -> new Part<>(change.apply(part.value()), part.share())).toList());
  }

  /** Values and shares, for people. */
  @Override
  public String toString() {
    return parts.stream()
        .map(part ->
            parts.size() == 1
                ? part.value().toString()
                : part.value() + ":" + Math.round(part.share() * 1000) / 1000.0)
        .collect(Collectors.joining(","));
  }

  private static <T> Mix<T> of(List<T> values, List<Double> shares) {
    var parts = new ArrayList<Part<T>>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(new Part<>(values.get(i), shares.get(i)));
    }
    return new Mix<>(parts);
  }

  /** Shares of weights, 0 standing for none. */
  private static List<Double> shares(String option, List<Double> weights) {
    double given = weights.stream().mapToDouble(Double::doubleValue).sum();
    long open = weights.stream().filter(weight -> weight == 0).count();
    if (open == 0) {
      return weights.stream().map(weight -> weight / given).toList();
    }
    if (given >= 1) {
      throw new IllegalArgumentException(
          option + ": the weights leave nothing of 1 for the parts without one");
    }
    return weights.stream().map(weight -> weight == 0 ? (1 - given) / open : weight).toList();
  }

  private static <T> T value(String option, String text, Function<String, T> reader) {
    try {
      return reader.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(option + " " + e.getMessage(), e);
    }
  }

  private static double weight(String option, String text) {
    try {
      double weight = Double.parseDouble(text.strip());
      if (weight > 0 && weight < Double.POSITIVE_INFINITY) {
        return weight;
      }
    } catch (NumberFormatException e) {
      // Told below, as what is a number and no weight.
    }
    throw new IllegalArgumentException(
        option + ": a weight is a number above 0, is '" + text.strip() + "'");
  }
}
