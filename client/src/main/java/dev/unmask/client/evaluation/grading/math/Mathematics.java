package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.reading.Reader;
import java.util.Set;

/**
 * Says whether two answers in TeX or plain text are the same mathematics: numbers in any form,
 * expressions, lists, tuples, intervals, sets, equations, matrices and words. It errs on the side
 * of no.
 */
public final class Mathematics {
  /** Most operations of one comparison, a second or two; usual ones take some hundreds. */
  private static final int OPERATIONS = 4_000;

  private Mathematics() {}

  /** Whether two answers mean the same. The work is bounded, whatever they say. */
  public static boolean areEqual(String a, String b) {
    var x = Reader.plain(a);
    var y = Reader.plain(b);
    if (x.isEmpty() || y.isEmpty()) {
      return false;
    }
    if (x.replaceAll("\\s", "").equals(y.replaceAll("\\s", ""))) {
      return true;
    }
    var budget = new Budget(OPERATIONS);
    try {
      return areAnyEqual(Reader.readings(x), Reader.readings(y), new Equality(budget));
    } catch (Budget.Exhausted e) {
      return false;
    }
  }

  private static boolean areAnyEqual(Set<Node> a, Set<Node> b, Equality equality) {
    return a.stream().anyMatch(x -> b.stream().anyMatch(y -> equality.areEqual(x, y)));
  }
}
