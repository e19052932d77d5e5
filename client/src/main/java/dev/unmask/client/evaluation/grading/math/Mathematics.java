package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.Node.Bracket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Says whether two answers in TeX or plain text are the same mathematics: numbers in any form,
 * expressions, lists, tuples, intervals, sets, equations, matrices and words. It errs on the side
 * of no.
 */
public final class Mathematics {
  /** Longest answer that is read; longer ones are compared as text. */
  private static final int CHARACTERS = 1_000;

  /** Most operations of one comparison, a second or two; usual ones take some hundreds. */
  private static final int OPERATIONS = 4_000;

  private Mathematics() {}

  /** Whether two answers mean the same. The work is bounded, whatever they say. */
  public static boolean areEqual(String a, String b) {
    var x = Tex.plain(a);
    var y = Tex.plain(b);
    if (x.isEmpty() || y.isEmpty()) {
      return false;
    }
    if (x.replaceAll("\\s", "").equals(y.replaceAll("\\s", ""))) {
      return true;
    }
    var budget = new Budget(OPERATIONS);
    try {
      return areAnyEqual(readings(x), readings(y), new Equality(budget));
    } catch (Budget.Exhausted e) {
      return false;
    }
  }

  private static boolean areAnyEqual(Set<Node> a, Set<Node> b, Equality equality) {
    return a.stream().anyMatch(x -> b.stream().anyMatch(y -> equality.areEqual(x, y)));
  }

  /** A comma between digits may be that of a list or of thousands. */
  private static Set<Node> readings(String text) {
    var readings = new LinkedHashSet<Node>();
    if (text.length() > CHARACTERS) {
      return readings;
    }
    for (boolean thousands : new boolean[] {true, false}) {
      try {
        readings.add(read(Lexer.tokens(text, thousands)));
      } catch (UnreadableException e) {
        // It can be compared as text only, which was done.
      }
    }
    return readings;
  }

  /** An answer with plus-minus is two. */
  private static Node read(List<Token> tokens) throws UnreadableException {
    var parser = new Parser(tokens, true);
    var upper = parser.whole();
    if (!parser.hasSigns()) {
      return upper;
    }
    var both = new ArrayList<>(members(upper));
    both.addAll(members(new Parser(tokens, false).whole()));
    return new Node.Group(Bracket.NONE, Bracket.NONE, both);
  }

  private static List<Node> members(Node node) {
    return node instanceof Node.Group group && group.open() == Bracket.NONE
        ? group.members()
        : List.of(node);
  }
}
