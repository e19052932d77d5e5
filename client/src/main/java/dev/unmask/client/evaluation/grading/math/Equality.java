package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Node.Bracket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apfloat.Aprational;

/** Says whether two readings mean the same. */
final class Equality {
  private static final String PERCENT = "%";
  private static final Node HUNDRED = new Node.Fraction(new Aprational("100"));
  private static final Node REALS = new Node.Symbol("mathbb " + new Node.Symbol("R"));

  private final Budget budget;
  private final Values values;
  private final Relations relations;

  Equality(Budget budget) {
    this.budget = budget;
    this.values = new Values(budget);
    this.relations = new Relations(this, values);
  }

  boolean areEqual(Node a, Node b) {
    budget.spend();
    if (a.equals(b)) {
      return true;
    }
    if (a instanceof Node.Relation x) {
      return b instanceof Node.Relation y ? relations.areEqual(x, y) : isMeantBy(x, b);
    }
    if (b instanceof Node.Relation y) {
      return isMeantBy(y, a);
    }
    if (a instanceof Node.Measured || b instanceof Node.Measured) {
      return areMeasuredEqual(a, b);
    }
    return (isValue(a) && isValue(b)) ? values.areEqual(a, b) : areShapedEqual(a, b);
  }

  boolean areEqualInOrder(List<Node> a, List<Node> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!areEqual(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a node is built of numbers, symbols and functions alone. */
  boolean isValue(Node node) {
    return switch (node) {
      case Node.Fraction _, Node.Symbol _, Node.Constant _ -> true;
      case Node.Sum(var terms) -> terms.stream().allMatch(this::isValue);
      case Node.Product(var factors) -> factors.stream().allMatch(this::isValue);
      case Node.Quotient(var top, var bottom) -> isValue(top) && isValue(bottom);
      case Node.Power(var base, var exponent) -> isValue(base) && isValue(exponent);
      case Node.Call(_, var argument) -> isValue(argument);
      case Node.Choice(var of, var chosen) -> isValue(of) && isValue(chosen);
      case Node.Relation(var sides, _) -> sides.stream().allMatch(this::isValue);
      case Node.Text _, Node.Measured _, Node.Group _, Node.Union _, Node.Matrix _ -> false;
    };
  }

  private boolean isMeantBy(Node.Relation relation, Node other) {
    var interval = Relations.interval(relation);
    if (interval.isPresent() && areEqual(interval.get(), other)) {
      return true;
    }
    return relations.result(relation).filter(result -> areEqual(result, other)).isPresent();
  }

  /** A unit that only one of them has does not matter; a percent sign may stand for hundredths. */
  private boolean areMeasuredEqual(Node a, Node b) {
    var x = a instanceof Node.Measured measured ? measured : new Node.Measured(a, "");
    var y = b instanceof Node.Measured measured ? measured : new Node.Measured(b, "");
    if (!x.unit().isEmpty() && !y.unit().isEmpty() && !Words.areEqual(x.unit(), y.unit())) {
      return false;
    }
    return areEqual(x.value(), y.value())
        || Words.areEqual(a, b)
        || isHundredth(x, y)
        || isHundredth(y, x);
  }

  private boolean isHundredth(Node.Measured percentage, Node.Measured plain) {
    return percentage.unit().equals(PERCENT)
        && plain.unit().isEmpty()
        && areEqual(new Node.Quotient(percentage.value(), HUNDRED), plain.value());
  }

  private boolean areShapedEqual(Node a, Node b) {
    if (a instanceof Node.Text || b instanceof Node.Text) {
      return Words.areEqual(a, b);
    }
    if (a instanceof Node.Group x && b instanceof Node.Group y) {
      return areGroupsEqual(x, y);
    }
    var unionA = parts(a);
    var unionB = parts(b);
    if (unionA.isPresent() && unionB.isPresent()) {
      return areEqualInAnyOrder(unionA.get(), unionB.get());
    }
    if (isLone(a) || isLone(b)) {
      return areEqual(lone(a), lone(b));
    }
    return (isAllReals(a) && isAllReals(b)) || areBuiltEqual(a, b);
  }

  /** What no value can be given to must at least be built alike. */
  private boolean areBuiltEqual(Node a, Node b) {
    return switch (a) {
      case Node.Sum(var terms) ->
          b instanceof Node.Sum other && areEqualInAnyOrder(terms, other.terms());
      case Node.Product(var factors) ->
          b instanceof Node.Product other && areEqualInOrder(factors, other.factors());
      case Node.Quotient(var top, var bottom) ->
          b instanceof Node.Quotient other
              && areEqual(top, other.top())
              && areEqual(bottom, other.bottom());
      case Node.Power(var base, var exponent) ->
          b instanceof Node.Power other
              && areEqual(base, other.base())
              && areEqual(exponent, other.exponent());
      case Node.Call(var function, var argument) ->
          b instanceof Node.Call other
              && function == other.function()
              && areEqual(argument, other.argument());
      case Node.Matrix(var rows) -> b instanceof Node.Matrix other && areRowsEqual(rows, other);
      case Node.Fraction _,
          Node.Symbol _,
          Node.Constant _,
          Node.Choice _,
          Node.Text _,
          Node.Measured _,
          Node.Group _,
          Node.Relation _,
          Node.Union _ ->
          false;
    };
  }

  private boolean areRowsEqual(List<List<Node>> rows, Node.Matrix other) {
    if (rows.size() != other.rows().size()) {
      return false;
    }
    for (int i = 0; i < rows.size(); i++) {
      if (!areEqualInOrder(rows.get(i), other.rows().get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean areGroupsEqual(Node.Group a, Node.Group b) {
    if (a.isUnordered() && b.isUnordered()) {
      return areEqualInAnyOrder(a.members(), b.members());
    }
    return a.open() == b.open()
        && a.close() == b.close()
        && areEqualInOrder(a.members(), b.members());
  }

  private boolean areEqualInAnyOrder(List<Node> a, List<Node> b) {
    if (a.size() != b.size()) {
      return false;
    }
    var left = new ArrayList<>(b);
    for (var member : a) {
      var match = left.stream().filter(other -> areEqual(member, other)).findFirst();
      if (match.isEmpty()) {
        return false;
      }
      left.remove(match.get());
    }
    return true;
  }

  /** A union's parts, which may also be told one after the other. */
  private static Optional<List<Node>> parts(Node node) {
    return switch (node) {
      case Node.Union(var parts) -> Optional.of(parts);
      case Node.Group group when group.open() == Bracket.NONE -> Optional.of(group.members());
      case Node.Group _,
          Node.Fraction _,
          Node.Symbol _,
          Node.Constant _,
          Node.Sum _,
          Node.Product _,
          Node.Quotient _,
          Node.Power _,
          Node.Call _,
          Node.Choice _,
          Node.Text _,
          Node.Measured _,
          Node.Relation _,
          Node.Matrix _ ->
          Optional.empty();
    };
  }

  /** A set of one member is as good as the member. */
  private static boolean isLone(Node node) {
    return node instanceof Node.Group group && group.isUnordered() && group.members().size() == 1;
  }

  private static Node lone(Node node) {
    return isLone(node) && node instanceof Node.Group group ? group.members().getFirst() : node;
  }

  private boolean isAllReals(Node node) {
    return node.equals(REALS)
        || (node instanceof Node.Group group
            && group.members().size() == 2
            && areEqual(group.members().getFirst(), Node.signed(group.members().getLast(), true))
            && group.members().getLast().equals(Node.INFINITY));
  }
}
