package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Node.Bracket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads tokens by precedence: lists of relations of unions of sums of products. What a product's
 * factors are made of is {@link Atoms}'s.
 */
final class Parser {
  private static final Map<String, String> RELATIONS =
      Map.ofEntries(
          Map.entry("=", "="),
          Map.entry("<", "<"),
          Map.entry(">", ">"),
          Map.entry("lt", "<"),
          Map.entry("gt", ">"),
          Map.entry("le", "<="),
          Map.entry("leq", "<="),
          Map.entry("leqslant", "<="),
          Map.entry("ge", ">="),
          Map.entry("geq", ">="),
          Map.entry("geqslant", ">="),
          Map.entry("ne", "!="),
          Map.entry("neq", "!="),
          Map.entry("in", "in"),
          Map.entry("approx", "~"),
          Map.entry("equiv", "=="));

  private static final Set<String> TIMES = Set.of("cdot", "times", "ast");

  private final Cursor cursor;
  private final Atoms atoms;
  private final boolean upperSigns;
  private boolean hasSigns;

  /**
   * @param upperSigns whether plus-minus is plus, and minus-plus minus
   */
  Parser(List<Token> tokens, boolean upperSigns) {
    this.cursor = new Cursor(tokens);
    this.atoms = new Atoms(cursor, this);
    this.upperSigns = upperSigns;
  }

  /** Whether a sign was read that stands for two. */
  boolean hasSigns() {
    return hasSigns;
  }

  Node whole() throws UnreadableException {
    var node = list();
    if (cursor.peek().kind() != Token.Kind.END) {
      throw new UnreadableException("unexpected " + cursor.peek().text());
    }
    return node;
  }

  /** One relation, or several with commas between them. */
  Node list() throws UnreadableException {
    var members = members();
    return members.size() == 1
        ? members.getFirst()
        : new Node.Group(Bracket.NONE, Bracket.NONE, members);
  }

  List<Node> members() throws UnreadableException {
    cursor.enter();
    var members = new ArrayList<>(List.of(relation()));
    while (cursor.skipSign(",") || cursor.skipSign(";")) {
      if (!cursor.peek().isSign(",")) { // A comma and a word for it.
        members.add(relation());
      }
    }
    cursor.leave();
    return members;
  }

  private Node relation() throws UnreadableException {
    var sides = new ArrayList<>(List.of(union()));
    var operators = new ArrayList<String>();
    for (var operator = operator(); !operator.isEmpty(); operator = operator()) {
      operators.add(operator);
      sides.add(union());
    }
    return operators.isEmpty() ? sides.getFirst() : new Node.Relation(sides, operators);
  }

  private String operator() {
    var token = cursor.peek();
    boolean possible = token.kind() == Token.Kind.SIGN || token.kind() == Token.Kind.COMMAND;
    var operator = possible ? RELATIONS.getOrDefault(token.text(), "") : "";
    if (!operator.isEmpty()) {
      cursor.next();
      boolean orEqual = token.kind() == Token.Kind.SIGN && cursor.skipSign("=");
      return orEqual && !operator.equals("=") ? operator + "=" : operator;
    }
    return operator;
  }

  private Node union() throws UnreadableException {
    var parts = new ArrayList<>(List.of(sum()));
    while (cursor.skipCommand("cup")) {
      parts.add(sum());
    }
    return parts.size() == 1 ? parts.getFirst() : new Node.Union(parts);
  }

  Node sum() throws UnreadableException {
    cursor.enter();
    var terms = new ArrayList<Node>();
    boolean negative = signs() < 0;
    terms.add(Node.signed(term(), negative));
    while (isSign()) {
      negative = signs() < 0;
      terms.add(Node.signed(term(), negative));
    }
    cursor.leave();
    return terms.size() == 1 ? terms.getFirst() : new Node.Sum(terms);
  }

  private boolean isSign() {
    var token = cursor.peek();
    return token.isSign("+") || token.isSign("-") || token.isCommand("pm") || token.isCommand("mp");
  }

  /** All signs before a term: 1 or -1. */
  private int signs() {
    int sign = 1;
    while (isSign()) {
      var token = cursor.next();
      hasSigns |= token.kind() == Token.Kind.COMMAND;
      boolean negative = token.isSign("-") || token.isCommand(upperSigns ? "mp" : "pm");
      sign = negative ? -sign : sign;
    }
    return sign;
  }

  private Node term() throws UnreadableException {
    var product = factor();
    while (true) {
      if (skipTimes()) {
        product = times(product, factor());
      } else if (cursor.skipSign("/") || cursor.skipCommand("div") || cursor.skipSign(":")) {
        product = new Node.Quotient(product, factor());
      } else if (cursor.peek().kind() == Token.Kind.WORDS) {
        product = new Node.Measured(product, atoms.unit());
      } else if (atoms.canStart()) {
        if (product instanceof Node.Fraction && cursor.peek().kind() == Token.Kind.NUMBER) {
          throw new UnreadableException("two numbers side by side");
        }
        product = times(product, atoms.power());
      } else {
        return product;
      }
    }
  }

  private boolean skipTimes() {
    var token = cursor.peek();
    boolean times =
        token.isSign("*") || (token.kind() == Token.Kind.COMMAND && TIMES.contains(token.text()));
    if (times) {
      cursor.next();
    }
    return times;
  }

  private Node factor() throws UnreadableException {
    boolean negative = signs() < 0;
    return Node.signed(atoms.power(), negative);
  }

  private static Node times(Node product, Node factor) {
    var factors =
        new ArrayList<>(product instanceof Node.Product p ? p.factors() : List.of(product));
    factors.add(factor);
    return new Node.Product(factors);
  }
}
