package dev.unmask.client.document;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A scale with round marks.
 *
 * @param low value at its start
 * @param high value at its end, larger than {@code low}
 * @param step between marks
 */
public record Axis(double low, double high, double step) {
  private static final int MARKS = 5;

  /** An axis from {@code low} to at least {@code high}, ending at a round value. */
  public static Axis of(double low, double high) {
    double rough = Math.max(high - low, 1e-9) / MARKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double step =
        power
            * IntStream.of(1, 2, 5, 10)
                .filter(i -> i * power >= rough * 0.999)
                .findFirst()
                .orElse(10);
    double start = Math.floor(low / step) * step;
    double end = Math.ceil(high / step - 1e-9) * step;
    return new Axis(start, end > start ? end : start + step, step);
  }

  /** Where a value lies, 0 at the start and 1 at the end. */
  public double place(double value) {
    return (value - low) / (high - low);
  }

  /** Values to mark, both ends included. */
  public List<Double> marks() {
    int count = (int) Math.round((high - low) / step);
    return IntStream.rangeClosed(0, count).mapToObj(i -> low + i * step).toList();
  }
}
