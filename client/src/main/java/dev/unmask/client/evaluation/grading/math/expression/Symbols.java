package dev.unmask.client.evaluation.grading.math.expression;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The symbols in an expression. */
public final class Symbols {
  private Symbols() {}

  /** Their names. */
  public static Set<String> in(Node... nodes) {
    var names = new TreeSet<String>();
    Stream.of(nodes).forEach(node -> collect(node, names));
    return names;
  }

  private static void collect(Node node, Set<String> names) {
    if (node instanceof Node.Symbol(var name)) {
      names.add(name);
    }
    children(node).forEach(child -> collect(child, names));
  }

  private static List<Node> children(Node node) {
    return switch (node) {
      case Node.Fraction _, Node.Symbol _, Node.Constant _, Node.Text _ -> List.of();
      case Node.Sum(var terms) -> terms;
      case Node.Product(var factors) -> factors;
      case Node.Quotient(var top, var bottom) -> List.of(top, bottom);
      case Node.Power(var base, var exponent) -> List.of(base, exponent);
      case Node.Call(_, var argument) -> List.of(argument);
      case Node.Choice(var of, var chosen) -> List.of(of, chosen);
      case Node.Measured(var value, _) -> List.of(value);
      case Node.Group(_, _, var members) -> members;
      case Node.Relation(var sides, _) -> sides;
      case Node.Union(var parts) -> parts;
      case Node.Matrix(var rows) -> rows.stream().flatMap(Collection::stream).toList();
    };
  }
}
