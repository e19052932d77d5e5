package dev.unmask.client.document;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale on which equal factors are equally far apart, with marks at 1, 2 and 5 times powers of
 * ten. Where values run over several powers, a linear one shows the largest only.
 *
 * @param low value at its start, above 0
 * @param high value at its end, larger than {@code low}
 */
public record LogAxis(double low, double high) {
  private static final double[] STEPS = {1, 2, 5};
  private static final int MANY_MARKS = 8;

  /** Steps are products of powers of ten, which are not exact. */
  private static final double SLACK = 1e-9;

  /** An axis from a mark at or below {@code low} to one above it, at or above {@code high}. */
  public static LogAxis of(double low, double high) {
    double start = low > 0 ? low : 1;
    double below = 0;
    for (double mark : between(start / 10, start)) {
      below = mark;
    }
    var above = between(Math.max(high, start) * (1 - SLACK), Math.max(high, start) * 20);
    double first = below;
    return new LogAxis(
        first, above.stream().filter(mark -> mark > first * (1 + SLACK)).findFirst().orElseThrow());
  }

  /**
   * Where a value lies, 0 at the start and 1 at the end; what is outside lies at the nearer end.
   */
  public double place(double value) {
    return Math.log(Math.clamp(value, low, high) / low) / Math.log(high / low);
  }

  /** Values to mark, both ends included; in the middle only powers of ten where there are many. */
  public List<Double> marks() {
    var all = between(low, high);
    if (all.size() <= MANY_MARKS) {
      return all;
    }
    var few = new ArrayList<Double>();
    for (double mark : all) {
      double power = Math.log10(mark);
      boolean end = mark == all.getFirst() || mark == all.getLast();
      if (end || Math.abs(power - Math.rint(power)) < SLACK) {
        few.add(mark);
      }
    }
    return few;
  }

  private static List<Double> between(double low, double high) {
    var marks = new ArrayList<Double>();
    for (int power = (int) Math.floor(Math.log10(low)); ; power++) {
      for (double step : STEPS) {
        double mark = step * Math.pow(10, power);
        if (mark > high * (1 + SLACK)) {
          return marks;
        }
        if (mark >= low * (1 - SLACK)) {
          marks.add(mark);
        }
      }
    }
  }
}
