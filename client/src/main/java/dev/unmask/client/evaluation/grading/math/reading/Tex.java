package dev.unmask.client.evaluation.grading.math.reading;

import java.util.List;
import java.util.regex.Pattern;

/** Takes from TeX what is there for the eye only. */
final class Tex {
  /** What ends a row of a matrix. */
  static final String ROW = "⏎";

  private static final List<Rewriting> REWRITINGS =
      List.of(
          // Before a lone backslash and a space are taken for a space.
          rewriting("\\\\\\\\(\\[[^\\]]*\\])?", " " + ROW + " "),
          rewriting("\\\\left\\s*\\|", "\\\\lvert "),
          rewriting("\\\\right\\s*\\|", "\\\\rvert "),
          rewriting("\\\\(left|right)\\s*\\.", ""),
          rewriting("\\\\(left|right|[bB]igg?[lrm]?)(?![a-zA-Z])", ""),
          rewriting("\\\\(displaystyle|textstyle|limits|nolimits)(?![a-zA-Z])", ""),
          rewriting("\\\\[dtc]frac(?![a-zA-Z])", "\\\\frac"),
          rewriting("\\\\[dt]binom(?![a-zA-Z])", "\\\\binom"),
          // Between digits these are thousands.
          rewriting("\\{,\\}|,\\\\!\\s*|(?<=\\d)\\\\[,;:](?=\\d{3})", ""),
          rewriting("\\\\[,;:! ]|~|\\\\q?quad(?![a-zA-Z])", " "),
          rewriting("\\^\\s*(\\\\circ|\\{\\s*\\\\circ\\s*\\})|\\\\degree|°", " "),
          rewriting("\\\\\\$|\\$|\\\\[()\\[\\]]", " "),
          rewriting("\\\\%", "%"),
          rewriting("[−–]", "-"),
          rewriting("×", "\\\\times "),
          rewriting("[·∙⋅]", "\\\\cdot "),
          rewriting("÷", "\\\\div "),
          rewriting("π", "\\\\pi "),
          rewriting("∞", "\\\\infty "),
          rewriting("√", "\\\\sqrt "),
          rewriting("±", "\\\\pm "),
          rewriting("≤", "\\\\le "),
          rewriting("≥", "\\\\ge "),
          rewriting("≠", "\\\\ne "),
          rewriting("∪", "\\\\cup "),
          rewriting("∈", "\\\\in "),
          rewriting("θ", "\\\\theta "),
          rewriting("²", "^2"),
          rewriting("³", "^3"),
          rewriting("\\*\\*", "^"),
          rewriting("[.,;:\\s]+$", ""));

  private Tex() {}

  private record Rewriting(Pattern pattern, String replacement) {}

  private static Rewriting rewriting(String pattern, String replacement) {
    return new Rewriting(Pattern.compile(pattern), replacement);
  }

  /** The same mathematics without dollars, spaces of a certain width, styles and degrees. */
  static String plain(String text) {
    var plain = text.strip();
    for (var rewriting : REWRITINGS) {
      plain = rewriting.pattern().matcher(plain).replaceAll(rewriting.replacement());
    }
    return plain.strip();
  }
}
