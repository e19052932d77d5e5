package dev.unmask.client.evaluation.grading;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Finds the result in a solution, where the surest sign of one is: the last box, Minerva's words,
 * the last "answer is", the last formula, the last number.
 */
final class Results {
  private static final List<String> BOXES = List.of("\\boxed", "\\fbox");
  private static final Pattern ANSWER = Pattern.compile("(?i)answer\\s{0,9}(?:is|:)[:*\\s]{0,9}");

  /** Formulas one after the other, or a sentence. */
  private static final Pattern SAID =
      Pattern.compile(
          "\\$[^$]+\\$(?:\\s{0,9}(?:,|and|or)\\s{0,9}\\$[^$]+\\$)*"
              + "|\\\\\\([^\\n]+?\\\\\\)|[^\\n]+?(?=\\**(?:\\.\\s|\\.?\\**\\s*$|\\.?\\n))");

  private static final Pattern FORMULA =
      Pattern.compile(
          "\\$\\$([^$]+)\\$\\$|\\$([^$]+)\\$|\\\\\\(([^\\n]+?)\\\\\\)|\\\\\\[(.+?)\\\\\\]");
  private static final Pattern NUMBER =
      Pattern.compile("(-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?)");

  private Results() {}

  static Optional<String> in(String solution) {
    return boxed(solution)
        .or(() -> Minerva.extracted(solution))
        .or(() -> said(solution))
        .or(() -> last(FORMULA, solution))
        .or(() -> last(NUMBER, solution))
        .filter(result -> !result.isBlank());
  }

  /** What is in the last box; a box may also hold what follows it after a space. */
  private static Optional<String> boxed(String solution) {
    int box = BOXES.stream().mapToInt(solution::lastIndexOf).max().orElse(-1);
    if (box < 0) {
      return Optional.empty();
    }
    var content = solution.substring(solution.startsWith(BOXES.getLast(), box) ? box + 5 : box + 6);
    return content.stripLeading().startsWith("{")
        ? Optional.of(braced(content.stripLeading()))
        : Optional.of(content.substring(0, end(content, "$")).strip());
  }

  /** What is between a text's first brace and the one that closes it, or the end. */
  private static String braced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return text.substring(1, i).strip();
      }
    }
    return text.substring(1, end(text, "\n")).strip();
  }

  private static int end(String text, String mark) {
    int end = text.indexOf(mark);
    return end < 0 ? text.length() : end;
  }

  private static Optional<String> said(String solution) {
    var last = ANSWER.matcher(solution).results().reduce((before, after) -> after);
    return last.flatMap(match -> {
      var rest = SAID.matcher(solution).region(match.end(), solution.length());
      return rest.lookingAt() ? Optional.of(rest.group().strip()) : Optional.empty();
    });
  }

  private static Optional<String> last(Pattern sign, String solution) {
    return sign.matcher(solution)
        .results()
        .map(Results::group)
        .filter(text -> !text.isEmpty())
        .reduce((before, after) -> after);
  }

  private static String group(MatchResult match) {
    for (int i = 1; i <= match.groupCount(); i++) {
      if (match.group(i) != null) {
        return match.group(i).strip();
      }
    }
    return "";
  }
}
