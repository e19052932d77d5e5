package dev.unmask.client.evaluation.grading;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the result in a solution: the last of the surest signs that there is any of. */
final class Results {
  private static final List<String> BOXES = List.of("\\boxed", "\\fbox");

  /** From the surest sign to the least sure. */
  private static final List<Pattern> SIGNS =
      List.of(
          Pattern.compile(
              "(?i)answer\\s*(?:is|:)\\s*:?\\s*\\**\\s*(\\$[^$]+\\$|\\\\\\(.*?\\\\\\)|[^\\n]*?)"
                  + "(?=\\**\\s*(?:\\.\\s|\\.$|\\n|$))"),
          Pattern.compile("(?s)\\$\\$(.+?)\\$\\$|\\$([^$]+)\\$|\\\\\\((.+?)\\\\\\)|\\\\\\[(.+?)\\\\\\]"),
          Pattern.compile("(-?\\d+(?:,\\d{3})*(?:\\.\\d+)?(?:/\\d+)?)"));

  private Results() {}

  static Optional<String> in(String solution) {
    var result = boxed(solution);
    for (var sign : SIGNS) {
      result = result.or(() -> last(sign, solution));
    }
    return result;
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

  /** What is in the last box; a box may also hold what follows it after a space. */
  private static Optional<String> boxed(String solution) {
    int box = BOXES.stream().mapToInt(solution::lastIndexOf).max().orElse(-1);
    if (box < 0) {
      return Optional.empty();
    }
    int open = solution.indexOf('{', box);
    int depth = 0;
    for (int i = Math.max(open, 0); open >= 0 && i < solution.length(); i++) {
      depth += solution.charAt(i) == '{' ? 1 : solution.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return Optional.of(solution.substring(open + 1, i).strip());
      }
    }
    return Optional.empty();
  }
}
