package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Function;
import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Node.Bracket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads a factor: numbers, letters, groups, functions, with what stands above and behind them. */
final class Atoms {
  private static final Set<String> SYMBOLS =
      Set.of(
          "alpha",
          "beta",
          "gamma",
          "delta",
          "epsilon",
          "varepsilon",
          "zeta",
          "eta",
          "theta",
          "vartheta",
          "iota",
          "kappa",
          "lambda",
          "mu",
          "nu",
          "xi",
          "rho",
          "sigma",
          "tau",
          "upsilon",
          "phi",
          "varphi",
          "chi",
          "psi",
          "omega",
          "Gamma",
          "Delta",
          "Theta",
          "Lambda",
          "Xi",
          "Pi",
          "Sigma",
          "Phi",
          "Psi",
          "Omega",
          "ell",
          "ldots",
          "dots",
          "cdots",
          "triangle",
          "angle");

  private static final Set<String> COMMANDS =
      Set.of(
          "frac",
          "sqrt",
          "binom",
          "pi",
          "infty",
          "emptyset",
          "varnothing",
          "mathbb",
          "lfloor",
          "lceil",
          "lvert",
          "lVert",
          "langle",
          "lbrace");

  private final Cursor cursor;
  private final Parser parser;
  private final Functions functions;
  private int bars;

  Atoms(Cursor cursor, Parser parser) {
    this.cursor = cursor;
    this.parser = parser;
    this.functions = new Functions(cursor, this);
  }

  /** Whether what comes next can follow a factor without a sign between. */
  boolean canStart() {
    var token = cursor.peek();
    return switch (token.kind()) {
      case NUMBER, LETTER -> true;
      case COMMAND ->
          SYMBOLS.contains(token.text())
              || COMMANDS.contains(token.text())
              || token.text().startsWith("begin ")
              || Function.named(token.text()).isPresent();
      case SIGN ->
          Set.of("(", "[", "{", "\\{").contains(token.text()) || (token.isSign("|") && bars == 0);
      case WORDS, END -> false;
    };
  }

  /** An atom with its exponent, exclamation and percent signs. */
  Node power() throws UnreadableException {
    cursor.enter();
    var node = atom();
    while (true) {
      if (cursor.skipSign("^")) {
        node = raised(node, argument());
      } else if (cursor.skipSign("!")) {
        node = new Node.Call(Function.FACTORIAL, node);
      } else if (cursor.skipSign("%")) {
        node = new Node.Measured(node, "%");
      } else {
        cursor.leave();
        return node;
      }
    }
  }

  /** The "th" of an ordinal number stands above the line. */
  private static Node raised(Node base, Node exponent) {
    return exponent instanceof Node.Text ? base : new Node.Power(base, exponent);
  }

  /** The words of a unit, with powers and divisions. */
  String unit() throws UnreadableException {
    var unit = new StringBuilder();
    do {
      unit.append(cursor.next().text()).append(' ');
      if (cursor.skipSign("^")) {
        unit.append('^').append(argument());
      }
      if (cursor.skipSign("/")) {
        unit.append('/');
      }
    } while (cursor.peek().kind() == Token.Kind.WORDS);
    return unit.toString().strip();
  }

  /** What a command or an exponent applies to: a group in braces or a single piece. */
  Node argument() throws UnreadableException {
    cursor.enter();
    boolean negative = cursor.skipSign("-");
    var node = Node.signed(atom(), negative);
    cursor.leave();
    return node;
  }

  /** The same where TeX takes a single digit. */
  Node shortArgument() throws UnreadableException {
    cursor.splitNumber();
    return argument();
  }

  private Node atom() throws UnreadableException {
    var token = cursor.next();
    return switch (token.kind()) {
      case NUMBER -> Numbers.read(token.text(), cursor, this);
      case LETTER -> letter(token.text());
      case WORDS -> new Node.Text(token.text());
      case COMMAND -> command(token.text());
      case SIGN -> group(token.text());
      case END -> throw new UnreadableException("something is missing at the end");
    };
  }

  private Node letter(String letter) throws UnreadableException {
    var name = indexed(letter);
    return switch (name) {
      case "e" -> Node.Constant.E;
      case "i" -> Node.Constant.I;
      default -> new Node.Symbol(name);
    };
  }

  /** A name with its index and its primes. */
  String indexed(String name) throws UnreadableException {
    var indexed = new StringBuilder(name);
    if (cursor.skipSign("_")) {
      indexed.append('_').append(shortArgument());
    }
    while (cursor.skipSign("'")) {
      indexed.append('\'');
    }
    return indexed.toString();
  }

  private Node command(String name) throws UnreadableException {
    if (SYMBOLS.contains(name)) {
      return new Node.Symbol(indexed(name));
    }
    var function = Function.named(name);
    if (function.isPresent()) {
      return functions.call(function.get());
    }
    if (name.startsWith("begin ")) {
      return matrix(name.substring("begin ".length()));
    }
    return switch (name) {
      case "frac" -> new Node.Quotient(shortArgument(), shortArgument());
      case "binom" -> new Node.Choice(shortArgument(), shortArgument());
      case "sqrt" -> functions.root();
      case "pi" -> Node.Constant.PI;
      case "infty" -> Node.INFINITY;
      case "emptyset", "varnothing" -> new Node.Group(Bracket.BRACE, Bracket.BRACE, List.of());
      case "mathbb" -> new Node.Symbol("mathbb " + argument());
      case "lfloor" -> enclosed(Function.FLOOR, "rfloor");
      case "lceil" -> enclosed(Function.CEILING, "rceil");
      case "lvert" -> enclosed(Function.ABS, "rvert");
      case "lVert" -> enclosed(Function.ABS, "rVert");
      case "langle" -> members(Bracket.ROUND, "rangle");
      case "lbrace" -> members(Bracket.BRACE, "rbrace");
      default -> throw new UnreadableException("unknown command " + name);
    };
  }

  private Node enclosed(Function function, String end) throws UnreadableException {
    var argument = parser.sum();
    if (!cursor.skipCommand(end)) {
      throw new UnreadableException("no " + end);
    }
    return new Node.Call(function, argument);
  }

  private Node members(Bracket bracket, String end) throws UnreadableException {
    var members = parser.members();
    if (!cursor.skipCommand(end)) {
      throw new UnreadableException("no " + end);
    }
    return new Node.Group(bracket, bracket, members);
  }

  private Node group(String sign) throws UnreadableException {
    return switch (sign) {
      case "{" -> {
        var inner = parser.list();
        cursor.expectSign("}");
        yield inner;
      }
      case "\\{" -> set();
      case "(" -> tuple(Bracket.ROUND);
      case "[" -> tuple(Bracket.SQUARE);
      case "|" -> absolute();
      default -> throw new UnreadableException("unexpected " + sign);
    };
  }

  private Node set() throws UnreadableException {
    if (cursor.skipSign("\\}")) {
      return new Node.Group(Bracket.BRACE, Bracket.BRACE, List.of());
    }
    var members = parser.members();
    cursor.expectSign("\\}");
    return new Node.Group(Bracket.BRACE, Bracket.BRACE, members);
  }

  /** A tuple or an interval, whose brackets may differ; around one member they only group. */
  private Node tuple(Bracket open) throws UnreadableException {
    var members = parser.members();
    var close = cursor.skipSign("]") ? Bracket.SQUARE : Bracket.ROUND;
    if (close == Bracket.ROUND) {
      cursor.expectSign(")");
    }
    return members.size() == 1 && open == close
        ? members.getFirst()
        : new Node.Group(open, close, members);
  }

  private Node absolute() throws UnreadableException {
    bars++;
    var inner = parser.sum();
    bars--;
    cursor.expectSign("|");
    return new Node.Call(Function.ABS, inner);
  }

  private Node matrix(String environment) throws UnreadableException {
    if (environment.equals("array")) {
      argument(); // How its columns are set.
    } else if (!environment.endsWith("matrix")) {
      throw new UnreadableException("unknown environment " + environment);
    }
    var rows = new ArrayList<List<Node>>();
    while (!cursor.skipCommand("end " + environment)) {
      var row = new ArrayList<>(List.of(parser.sum()));
      while (cursor.skipSign("&")) {
        row.add(parser.sum());
      }
      rows.add(row);
      if (!cursor.skipSign(Tex.ROW) && !cursor.peek().isCommand("end " + environment)) {
        throw new UnreadableException("a row without an end");
      }
    }
    return new Node.Matrix(rows);
  }
}
