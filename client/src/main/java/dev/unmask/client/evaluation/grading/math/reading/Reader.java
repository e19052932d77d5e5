package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Node.Bracket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads an answer in every way that it may be meant. */
public final class Reader {
  /** Longest answer that is read. */
  private static final int CHARACTERS = 1_000;

  private Reader() {}

  /** The same mathematics without what is there for the eye only; its spaces do not matter. */
  public static String plain(String text) {
    return Tex.plain(text);
  }

  /**
   * What a plain text may mean: a comma between digits may be that of a list or of thousands. Empty
   * when it is no mathematics that we can read, or longer than 1,000 characters.
   */
  public static Set<Node> readings(String text) {
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
