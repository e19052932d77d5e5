package dev.unmask.client.evaluation.settings;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the value of a setting must look like. Whether the server takes the value is the server's to
 * say; a form refuses what it could not even be asked.
 *
 * @param description for a person, e.g. {@code an integer of at least 1}
 * @param fits whether a value, in lower case, has the form
 */
record Form(String description, Predicate<String> fits) {
  /** What stands for "not set". */
  static final String NULL = "null";

  /** A whole number of at least {@code least}, of 32 bits. */
  static Form integer(int least) {
    return new Form(
        "an integer from " + least + " to " + Integer.MAX_VALUE,
        value ->
            isInteger(value)
                && Long.parseLong(value) >= least
                && Long.parseLong(value) <= Integer.MAX_VALUE);
  }

  /** A whole number that is not negative, of at most 18 digits. */
  static Form seed() {
    return new Form(
        "an integer of at least 0", value -> isInteger(value) && Long.parseLong(value) >= 0);
  }

  /** Steps between two refreshes; -1 refreshes in every step, as 1 does. */
  static Form interval() {
    var steps = integer(1);
    return new Form(
        "a number of steps of at least 1, or -1 for every step",
        value -> value.equals("-1") || steps.fits().test(value));
  }

  /** A number of at least {@code least}. */
  static Form number(double least) {
    return new Form(
        "a number of at least " + plain(least),
        value -> isNumber(value) && Double.parseDouble(value) >= least);
  }

  /** A number from {@code least} to {@code most}. */
  static Form share(double least, double most) {
    return new Form(
        "a number from " + plain(least) + " to " + plain(most),
        value ->
            isNumber(value)
                && Double.parseDouble(value) >= least
                && Double.parseDouble(value) <= most);
  }

  /** True or false. */
  static Form flag() {
    return choice("true", "false");
  }

  /** One of some words. */
  static Form choice(String... words) {
    var known = List.of(words);
    return new Form("one of " + String.join(", ", known), known::contains);
  }

  /** Anything but nothing. */
  static Form text() {
    return new Form("a word", value -> !value.isBlank());
  }

  /** This form, or {@code null}. */
  Form orNull() {
    return new Form(description + ", or null", value -> value.equals(NULL) || fits.test(value));
  }

  /** A value as it is compared and kept: Python's {@code True} and {@code None} are known, too. */
  static String canonical(String value) {
    var lower = value.strip().toLowerCase(Locale.ROOT);
    return lower.equals("none") || lower.equals("~") ? NULL : lower;
  }

  private static boolean isInteger(String value) {
    return value.matches("[+-]?\\d{1,18}");
  }

  private static boolean isNumber(String value) {
    return value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d{1,3})?");
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
