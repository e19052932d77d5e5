package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Node.Bracket;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares equations and inequalities. */
final class Relations {
  private static final Set<String> RISING = Set.of("<", "<=");
  private static final Set<String> FALLING = Set.of(">", ">=");

  private final Equality equality;
  private final Values values;

  Relations(Equality equality, Values values) {
    this.equality = equality;
    this.values = values;
  }

  /** Two sides may be written the other way round or multiplied by a number. */
  boolean areEqual(Node.Relation a, Node.Relation b) {
    var x = rising(a);
    var y = rising(b);
    if (!x.operators().equals(y.operators())) {
      return false;
    }
    if (equality.areEqualInOrder(x.sides(), y.sides())) {
      return true;
    }
    if (x.sides().size() > 2 || !equality.isValue(x) || !equality.isValue(y)) {
      return false;
    }
    var factor = values.factor(difference(x), difference(y));
    boolean ordered = RISING.contains(x.operators().getFirst());
    boolean scalable = ordered || Set.of("=", "!=").contains(x.operators().getFirst());
    return scalable && factor.filter(value -> !ordered || value.real().signum() > 0).isPresent();
  }

  /** The value that an equation gives a name to, or both sides of when they are equal. */
  Optional<Node> result(Node.Relation relation) {
    if (!relation.operators().stream().allMatch(Set.of("=", "in", "~")::contains)) {
      return Optional.empty();
    }
    var first = relation.sides().getFirst();
    var last = relation.sides().getLast();
    return isName(first) || equality.areEqual(first, last) ? Optional.of(last) : Optional.empty();
  }

  /** What an inequality of one symbol leaves for it. */
  static Optional<Node> interval(Node.Relation relation) {
    var rising = rising(relation);
    if (!RISING.containsAll(rising.operators())) {
      return Optional.empty();
    }
    var sides = rising.sides();
    boolean fromOpen = rising.operators().getFirst().equals("<");
    boolean toOpen = rising.operators().getLast().equals("<");
    if (sides.size() == 3 && sides.get(1) instanceof Node.Symbol) {
      return Optional.of(interval(sides.getFirst(), fromOpen, sides.getLast(), toOpen));
    }
    if (sides.size() == 2 && sides.getFirst() instanceof Node.Symbol) {
      return Optional.of(interval(Node.signed(Node.INFINITY, true), true, sides.getLast(), toOpen));
    }
    if (sides.size() == 2 && sides.getLast() instanceof Node.Symbol) {
      return Optional.of(interval(sides.getFirst(), fromOpen, Node.INFINITY, true));
    }
    return Optional.empty();
  }

  private static Node interval(Node from, boolean fromOpen, Node to, boolean toOpen) {
    return new Node.Group(bracket(fromOpen), bracket(toOpen), List.of(from, to));
  }

  private static Bracket bracket(boolean open) {
    return open ? Bracket.ROUND : Bracket.SQUARE;
  }

  private static Node.Relation rising(Node.Relation relation) {
    if (!FALLING.containsAll(relation.operators())) {
      return relation;
    }
    return new Node.Relation(
        relation.sides().reversed(),
        relation.operators().reversed().stream().map(o -> o.replace('>', '<')).toList());
  }

  private static Node difference(Node.Relation relation) {
    return new Node.Sum(
        List.of(relation.sides().getFirst(), Node.signed(relation.sides().getLast(), true)));
  }

  /** A symbol, words, a tuple of names or a function's name before its argument. */
  private static boolean isName(Node node) {
    return switch (node) {
      case Node.Symbol _, Node.Text _ -> true;
      case Node.Group(_, _, var members) -> members.stream().allMatch(Relations::isName);
      case Node.Product(var factors) -> factors.getFirst() instanceof Node.Symbol;
      case Node.Measured(var value, _) -> isName(value);
      case Node.Fraction _,
          Node.Constant _,
          Node.Sum _,
          Node.Quotient _,
          Node.Power _,
          Node.Call _,
          Node.Choice _,
          Node.Relation _,
          Node.Union _,
          Node.Matrix _ ->
          false;
    };
  }
}
