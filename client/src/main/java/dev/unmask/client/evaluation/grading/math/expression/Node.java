package dev.unmask.client.evaluation.grading.math.expression;

import java.util.List;
import org.apfloat.Aprational;

/** What an answer says. */
public sealed interface Node {
  /** The symbol that stands for what has no end. */
  Node INFINITY = new Symbol("infinity");

  /** A whole number. */
  static Node number(String digits) {
    return new Fraction(new Aprational(digits));
  }

  /** A node or its opposite; a unit stays behind it. */
  static Node signed(Node node, boolean negative) {
    if (!negative) {
      return node;
    }
    return node instanceof Measured(var value, var unit)
        ? new Measured(signed(value, true), unit)
        : new Product(List.of(number("-1"), node));
  }

  /** A fraction of whole numbers, known exactly. */
  record Fraction(Aprational value) implements Node {}

  /** Something without a value of its own: a variable, a letter with an index, infinity. */
  record Symbol(String name) implements Node {}

  /** A number with a name. */
  enum Constant implements Node {
    PI,
    E,
    I
  }

  /** At least one term. */
  record Sum(List<Node> terms) implements Node {}

  /** At least one factor. */
  record Product(List<Node> factors) implements Node {}

  /** A division. */
  record Quotient(Node top, Node bottom) implements Node {}

  /** A power; of a negative real base to a fraction with an odd denominator the real one. */
  record Power(Node base, Node exponent) implements Node {}

  /** A function's value. */
  record Call(Function function, Node argument) implements Node {}

  /** Binomial coefficient. */
  record Choice(Node of, Node chosen) implements Node {}

  /** Words, which have no value. */
  record Text(String words) implements Node {}

  /** A value with a unit or a percent sign behind it. */
  record Measured(Node value, String unit) implements Node {}

  /** Members between brackets or commas. */
  record Group(Bracket open, Bracket close, List<Node> members) implements Node {
    /** Whether the order of the members says nothing. */
    public boolean isUnordered() {
      return open == Bracket.BRACE || open == Bracket.NONE;
    }
  }

  /** What a group begins or ends with. */
  enum Bracket {
    ROUND,
    SQUARE,
    BRACE,
    NONE
  }

  /** Sides with what is between them: one operator fewer than sides. */
  record Relation(List<Node> sides, List<String> operators) implements Node {}

  /** A union of sets. */
  record Union(List<Node> parts) implements Node {}

  /** Rows of equal length. */
  record Matrix(List<List<Node>> rows) implements Node {}
}
