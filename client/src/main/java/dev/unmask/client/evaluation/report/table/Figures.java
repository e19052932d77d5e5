package dev.unmask.client.evaluation.report.table;

import dev.unmask.client.evaluation.report.metric.Accuracy;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {
  /** What stands where there is no number. */
  public static final String NONE = "–";

  private static final double MEBIBYTE = 1 << 20;
  private static final MathContext THREE_DIGITS = new MathContext(3);

  private Figures() {}

  /** With three digits that count, or all of a large number's. */
  public static String number(double value) {
    double size = Math.abs(value);
    var format =
        size >= 1000 ? "%,.0f" : size == 0 || size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
    return String.format(Locale.ROOT, format, value);
  }

  /** With three digits that count, or all of a large number's, and no zero behind the point. */
  public static String plain(double value) {
    return Math.abs(value) >= 1000
        ? number(value)
        : new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros().toPlainString();
  }

  /** A rate in percent, without the sign. */
  public static String percent(double rate) {
    return String.format(Locale.ROOT, "%.1f", rate * 100);
  }

  /** A rate and its interval. */
  public static String accuracy(Accuracy accuracy) {
    return percent(accuracy.rate())
        + " ["
        + percent(accuracy.interval().low())
        + ", "
        + percent(accuracy.interval().high())
        + "]";
  }

  /** How many times as fast. */
  public static String times(double factor) {
    return String.format(Locale.ROOT, factor >= 10 ? "%.1fx" : "%.2fx", factor);
  }

  public static String seconds(double milliseconds) {
    return number(milliseconds / 1000) + " s";
  }

  public static String milliseconds(double milliseconds) {
    return number(milliseconds) + " ms";
  }

  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Bytes, which nobody knew when they are 0. */
  public static String memory(long bytes) {
    return bytes == 0 ? NONE : String.format(Locale.ROOT, "%,.0f MiB", bytes / MEBIBYTE);
  }
}
