package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Function;
import dev.unmask.client.evaluation.grading.math.expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads functions with what they are applied to. */
final class Functions {
  /** Commands that an argument without brackets may consist of. */
  private static final Set<String> OPERANDS =
      Set.of("frac", "sqrt", "pi", "theta", "alpha", "beta", "gamma", "phi", "omega");

  private final Cursor cursor;
  private final Atoms atoms;

  Functions(Cursor cursor, Atoms atoms) {
    this.cursor = cursor;
    this.atoms = atoms;
  }

  /** Sine of x, its square as in sin^2 x, logarithms to a base. */
  Node call(Function function) throws UnreadableException {
    var base = new ArrayList<Node>();
    var exponent = new ArrayList<Node>();
    while ((base.isEmpty() && cursor.peek().isSign("_"))
        || (exponent.isEmpty() && cursor.peek().isSign("^"))) {
      var target = cursor.next().isSign("_") ? base : exponent;
      target.add(atoms.shortArgument());
    }
    var argument = argument();
    if (!exponent.isEmpty() && exponent.getFirst().equals(Node.signed(Node.number("1"), true))) {
      var inverse =
          function
              .inverse()
              .orElseThrow(() -> new UnreadableException("no inverse of " + function));
      return new Node.Call(inverse, argument);
    }
    var value = base.isEmpty() ? new Node.Call(function, argument) : logarithm(base, argument);
    return exponent.isEmpty() ? value : new Node.Power(value, exponent.getFirst());
  }

  private static Node logarithm(List<Node> base, Node argument) {
    return new Node.Quotient(
        new Node.Call(Function.LN, argument), new Node.Call(Function.LN, base.getFirst()));
  }

  /** A square root or, with an index in brackets, another one. */
  Node root() throws UnreadableException {
    var degree = Node.number("2");
    if (cursor.skipSign("[")) {
      degree = atoms.argument();
      cursor.expectSign("]");
    }
    return new Node.Power(atoms.shortArgument(), new Node.Quotient(Node.number("1"), degree));
  }

  /** A group, or the product of what stands next without a sign: sin 2x. */
  private Node argument() throws UnreadableException {
    if (cursor.peek().isSign("(") || cursor.peek().isSign("[") || cursor.peek().isSign("{")) {
      return atoms.argument();
    }
    if (!isOperand()
        && !cursor.peek().isSign("|")
        && !cursor.peek().isSign("-")
        && Function.named(cursor.peek().text()).isEmpty()
        && !cursor.peek().isCommand("lvert")) {
      throw new UnreadableException("a function without an argument");
    }
    if (!isOperand()) {
      return atoms.argument();
    }
    var factors = new ArrayList<Node>();
    while (isOperand()) {
      factors.add(atoms.power());
    }
    return factors.size() == 1 ? factors.getFirst() : new Node.Product(factors);
  }

  private boolean isOperand() {
    var token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER, LETTER -> true;
      case COMMAND -> OPERANDS.contains(token.text());
      case WORDS, SIGN, END -> false;
    };
  }
}
