package dev.unmask.client.top;

import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers are told, in few characters; {@code -} for one that is not known. */
final class Figure {
  private static final String UNKNOWN = "-";
  private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Figure() {}

  /** A number of things. */
  static String count(OptionalDouble value) {
    return value.isEmpty() ? UNKNOWN : text("%.0f", value.getAsDouble());
  }

  /** A rate or a mean: two digits more when it is small. */
  static String rate(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double number = value.getAsDouble();
    return text(number >= 100 ? "%.0f" : number >= 10 ? "%.1f" : "%.2f", number);
  }

  /** A share, 0 to 1. */
  static String share(OptionalDouble value) {
    return value.isEmpty() ? UNKNOWN : text("%.0f%%", 100 * value.getAsDouble());
  }

  /** A time in seconds. */
  static String seconds(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double seconds = value.getAsDouble();
    return seconds < 1 ? text("%.0fms", 1000 * seconds) : text("%.1fs", seconds);
  }

  /** Memory. */
  static String bytes(OptionalDouble value) {
    if (value.isEmpty()) {
      return UNKNOWN;
    }
    double number = value.getAsDouble();
    int unit = 0;
    while (number >= 1024 && unit < BINARY.length - 1) {
      number /= 1024;
      unit++;
    }
    return text(unit == 0 || number >= 100 ? "%.0f" : "%.1f", number) + BINARY[unit];
  }

  /** A part of a whole. */
  static String of(String part, String whole) {
    return part + "/" + whole;
  }

  private static String text(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
