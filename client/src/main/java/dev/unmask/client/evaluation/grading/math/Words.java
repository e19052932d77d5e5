package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The letters and digits of what may be meant as words. */
final class Words {
  private Words() {}

  static boolean areEqual(Node a, Node b) {
    var words = of(a);
    return words.isPresent() && words.equals(of(b));
  }

  static boolean areEqual(String a, String b) {
    return bare(a).equals(bare(b));
  }

  private static Optional<String> of(Node node) {
    return switch (node) {
      case Node.Text(var words) -> Optional.of(bare(words));
      case Node.Symbol(var name) -> Optional.of(bare(name));
      case Node.Constant constant -> Optional.of(bare(constant.name()));
      case Node.Product(var factors) -> joined(factors);
      case Node.Measured(var value, var unit) -> of(value).map(text -> text + bare(unit));
      case Node.Fraction(var value) -> Optional.of(value.toString(true));
      case Node.Sum _,
          Node.Quotient _,
          Node.Power _,
          Node.Call _,
          Node.Choice _,
          Node.Group _,
          Node.Relation _,
          Node.Union _,
          Node.Matrix _ ->
          Optional.empty();
    };
  }

  private static Optional<String> joined(List<Node> factors) {
    var parts = factors.stream().map(Words::of).toList();
    return parts.stream().allMatch(Optional::isPresent)
        ? Optional.of(String.join("", parts.stream().map(Optional::orElseThrow).toList()))
        : Optional.empty();
  }

  private static String bare(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
