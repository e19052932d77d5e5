package dev.unmask.client.evaluation.grading;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares a number with the one after {@code ####} of the reference, as lm-evaluation-harness's
 * gsm8k does: {@code flexible-extract} takes the last number of the answer and is the score that
 * counts, {@code strict-match} the first after {@code ####}.
 *
 * @param reference a solution that ends in {@code #### } and the number
 */
public record LastNumber(String reference) implements Grader {
  private static final String MARK = "#### ";
  private static final Pattern NUMBER = Pattern.compile("(-?[$0-9.,]{2,})|(-?[0-9]+)");
  private static final Pattern MARKED = Pattern.compile("#### (-?[0-9.,]+)");
  private static final Pattern FULL_STOP = Pattern.compile("\\.$");

  @Override
  public Grade grade(String answer) {
    var expected = normal(reference);
    var last = NUMBER.matcher(answer).results().reduce((before, after) -> after);
    var flexible = last.map(match -> match.group().strip());
    var strict = MARKED.matcher(answer).results().findFirst().map(match -> match.group(1));
    var metrics = new LinkedHashMap<String, Boolean>();
    metrics.put("flexible-extract", isEqual(flexible, expected));
    metrics.put("strict-match", isEqual(strict, expected));
    boolean correct = isEqual(flexible, expected);
    return new Grade(correct, flexible.orElse(""), reason(correct, flexible, expected), metrics);
  }

  private static String reason(boolean correct, Optional<String> given, String expected) {
    if (given.isEmpty()) {
      return "no number";
    }
    return correct ? "equal" : "expected " + expected;
  }

  private static boolean isEqual(Optional<String> given, String expected) {
    return given.map(LastNumber::normal).filter(expected::equals).isPresent();
  }

  private static String normal(String number) {
    var bare = number.replace(",", "").replace("$", "");
    int mark = bare.lastIndexOf(MARK);
    var result = mark < 0 ? bare : bare.substring(mark + MARK.length());
    return FULL_STOP.matcher(result).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
