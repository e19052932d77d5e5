package dev.unmask.client.evaluation.grading;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How Minerva finds and normalises the answer to a question of MATH (Lewkowycz et al. 2022,
 * appendix D), rule for rule as lm-evaluation-harness's minerva_math: a solution ends in {@code
 * Final Answer: The final answer is X. I hope it is correct.}
 */
final class Minerva {
  private static final String END = "I hope it is correct.";
  private static final Pattern FINAL =
      Pattern.compile(
          "Final Answer: The final answer is(.*?). I hope it is correct.", Pattern.UNIX_LINES);

  private static final List<Replacement> SUBSTITUTIONS =
      List.of(
          new Replacement("an ", ""),
          new Replacement("a ", ""),
          new Replacement(".$", "$"),
          new Replacement("\\$", ""),
          new Replacement("\\ ", ""),
          new Replacement(" ", ""),
          new Replacement("mbox", "text"),
          new Replacement(",\\text{and}", ","),
          new Replacement("\\text{and}", ","),
          new Replacement("\\text{m}", "\\text{}"));

  private static final List<String> REMOVED =
      List.of(
          "square",
          "ways",
          "integers",
          "dollars",
          "mph",
          "inches",
          "ft",
          "hours",
          "km",
          "units",
          "\\ldots",
          "sue",
          "points",
          "feet",
          "minutes",
          "digits",
          "cents",
          "degrees",
          "cm",
          "gm",
          "pounds",
          "meters",
          "meals",
          "edges",
          "students",
          "childrentickets",
          "multiples",
          "\\text{s}",
          "\\text{.}",
          "\\text{\ns}",
          "\\text{}^2",
          "\\text{}^3",
          "\\text{\n}",
          "\\text{}",
          "\\mathrm{th}",
          "^\\circ",
          "^{\\circ}",
          "\\;",
          ",\\!",
          "{,}",
          "\"",
          "\\dots");

  /** Out of dollars, boxes and styles; then braces for what TeX lets stand without. */
  private static final List<Rewriting> REWRITINGS =
      List.of(
          new Rewriting(
              Pattern.compile("(.*?)(\\$)(.*?)(\\$)(.*)", Pattern.UNIX_LINES), "\\$$3\\$"),
          new Rewriting(Pattern.compile("(\\\\text\\{)(.*?)(\\})", Pattern.UNIX_LINES), "$2"),
          new Rewriting(Pattern.compile("(\\\\textbf\\{)(.*?)(\\})", Pattern.UNIX_LINES), "$2"),
          new Rewriting(Pattern.compile("(\\\\overline\\{)(.*?)(\\})", Pattern.UNIX_LINES), "$2"),
          new Rewriting(Pattern.compile("(\\\\boxed\\{)(.*)(\\})", Pattern.UNIX_LINES), "$2"),
          new Rewriting(Pattern.compile("(frac)([^{])(.)", Pattern.UNIX_LINES), "frac{$2}{$3}"),
          new Rewriting(Pattern.compile("(sqrt)([^{])", Pattern.UNIX_LINES), "sqrt{$2}"));

  private Minerva() {}

  private record Replacement(String before, String after) {}

  private record Rewriting(Pattern pattern, String replacement) {}

  /** The answer of a solution that ends as Minerva's examples do. */
  static Optional<String> extracted(String solution) {
    var match = FINAL.matcher(solution + END);
    return match.find() ? Optional.of(match.group(1).strip()) : Optional.empty();
  }

  static String normal(String answer) {
    var text = answer.substring(answer.lastIndexOf('=') + 1);
    for (var substitution : SUBSTITUTIONS) {
      text = text.replace(substitution.before(), substitution.after());
    }
    for (var removed : REMOVED) {
      text = text.replace(removed, "");
    }
    for (var rewriting : REWRITINGS) {
      text = rewriting.pattern().matcher(text).replaceAll(rewriting.replacement());
    }
    text = text.replace("$", "");
    var digits = text.replace(",", "");
    return !digits.isEmpty() && digits.chars().allMatch(Character::isDigit) ? digits : text;
  }
}
