package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import dev.unmask.client.evaluation.grading.math.expression.Symbols;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.apfloat.Apcomplex;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatRuntimeException;

/**
 * Compares the values of expressions: exactly where both are fractions, otherwise to forty digits,
 * and where they have symbols at several points. Two expressions that differ could agree by chance
 * only.
 */
final class Values {
  private static final long AGREEING_DIGITS = 40;
  private static final int LEAST_POINTS = 2;

  /** Any number will do, as long as it is the same tomorrow. */
  private static final long SEED = 20_211_207;

  /** Signs of the real parts, and whether there is an imaginary one, point for point. */
  private static final List<Point> POINTS =
      List.of(
          new Point(1, false),
          new Point(1, false),
          new Point(-1, false),
          new Point(-1, false),
          new Point(1, true));

  private final Budget budget;

  Values(Budget budget) {
    this.budget = budget;
  }

  private record Point(int sign, boolean complex) {}

  boolean areEqual(Node a, Node b) {
    var exactA = Exact.of(a);
    var exactB = Exact.of(b);
    if (exactA.isPresent() && exactB.isPresent()) {
      return exactA.get().equals(exactB.get());
    }
    var symbols = Symbols.in(a, b);
    int compared = 0;
    for (var values : points(symbols)) {
      var x = value(a, values);
      var y = value(b, values);
      if (x.isPresent() != y.isPresent() || (x.isPresent() && !agree(x.get(), y.get()))) {
        return false;
      }
      compared += x.isPresent() ? 1 : 0;
    }
    return compared >= (symbols.isEmpty() ? 1 : LEAST_POINTS);
  }

  /** The factor between two expressions; empty when it depends on their symbols or is zero. */
  Optional<Apcomplex> factor(Node a, Node b) {
    var ratio = new Node.Quotient(a, b);
    var found = new ArrayList<Apcomplex>();
    for (var values : points(Symbols.in(a, b))) {
      value(ratio, values).ifPresent(found::add);
    }
    boolean constant =
        found.size() >= LEAST_POINTS
            && found.stream().allMatch(value -> agree(value, found.getFirst()))
            && !agree(found.getFirst(), Apcomplex.ZERO);
    return constant ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private Optional<Apcomplex> value(Node node, Map<String, Apcomplex> symbols) {
    try {
      return Optional.of(new Numeric(symbols, budget).value(node));
    } catch (ArithmeticException | ApfloatRuntimeException e) {
      return Optional.empty();
    }
  }

  private static List<Map<String, Apcomplex>> points(Set<String> symbols) {
    if (symbols.isEmpty()) {
      return List.of(Map.of());
    }
    var random = new SplittableRandom(SEED);
    var points = new ArrayList<Map<String, Apcomplex>>();
    for (var point : POINTS) {
      var values = new HashMap<String, Apcomplex>();
      for (var symbol : symbols) {
        var imaginary = point.complex() ? somewhere(random) : new Apfloat(0);
        var real = somewhere(random);
        values.put(symbol, new Apcomplex(point.sign() < 0 ? real.negate() : real, imaginary));
      }
      points.add(values);
    }
    return points;
  }

  /** Between a half and two and a half, with enough digits to be nothing special. */
  private static Apfloat somewhere(SplittableRandom random) {
    return new Apfloat(Double.toString(random.nextDouble(0.5, 2.5)), Numeric.PRECISION);
  }

  private static boolean agree(Apcomplex a, Apcomplex b) {
    var difference = a.subtract(b);
    if (difference.equals(Apcomplex.ZERO)) {
      return true;
    }
    return difference.scale() <= Math.max(Math.max(scale(a), scale(b)), 0) - AGREEING_DIGITS;
  }

  private static long scale(Apcomplex value) {
    return value.equals(Apcomplex.ZERO) ? 0 : value.scale();
  }
}
