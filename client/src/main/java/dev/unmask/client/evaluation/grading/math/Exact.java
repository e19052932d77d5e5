package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Function;
import dev.unmask.client.evaluation.grading.math.expression.Node;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.apfloat.ApfloatRuntimeException;
import org.apfloat.Apint;
import org.apfloat.ApintMath;
import org.apfloat.Aprational;
import org.apfloat.AprationalMath;

/**
 * The value of an expression that is a fraction of whole numbers, as long as it is not too long.
 */
final class Exact {
  /** Most decimal digits of a number that is computed exactly. */
  private static final int DIGITS = 4_000;

  private static final int MOST_FACTORIAL = 1_000;

  private Exact() {}

  static Optional<Aprational> of(Node node) {
    try {
      return value(node).filter(value -> digits(value) <= DIGITS);
    } catch (ApfloatRuntimeException | ArithmeticException e) {
      return Optional.empty(); // A division by zero has no value.
    }
  }

  private static Optional<Aprational> value(Node node) {
    return switch (node) {
      case Node.Fraction(var value) -> Optional.of(value);
      case Node.Sum(var terms) -> fold(terms, Aprational::add);
      case Node.Product(var factors) -> fold(factors, Aprational::multiply);
      case Node.Quotient(var top, var bottom) -> of(top).flatMap(a -> of(bottom).map(a::divide));
      case Node.Power(var base, var exponent) ->
          of(base).flatMap(b -> of(exponent).flatMap(e -> power(b, e)));
      case Node.Choice(var of, var chosen) ->
          of(of).flatMap(n -> of(chosen).flatMap(k -> choice(n, k)));
      case Node.Call(var function, var argument) ->
          of(argument).flatMap(value -> call(function, value));
      case Node.Symbol _,
          Node.Constant _,
          Node.Text _,
          Node.Measured _,
          Node.Group _,
          Node.Relation _,
          Node.Union _,
          Node.Matrix _ ->
          Optional.empty();
    };
  }

  private static Optional<Aprational> fold(List<Node> nodes, BinaryOperator<Aprational> operation) {
    var result = of(nodes.getFirst());
    for (var node : nodes.subList(1, nodes.size())) {
      result =
          result
              .filter(value -> digits(value) <= DIGITS)
              .flatMap(before -> of(node).map(value -> operation.apply(before, value)));
    }
    return result;
  }

  private static Optional<Aprational> power(Aprational base, Aprational exponent) {
    boolean small = Math.abs(exponent.doubleValue()) * digits(base) <= DIGITS;
    if (!exponent.isInteger() || !small || (base.signum() == 0 && exponent.signum() <= 0)) {
      return Optional.empty();
    }
    return Optional.of(AprationalMath.pow(base, exponent.longValue()));
  }

  private static Optional<Aprational> call(Function function, Aprational value) {
    return switch (function) {
      case ABS -> Optional.of(AprationalMath.abs(value));
      case FLOOR -> Optional.of(value.floor());
      case CEILING -> Optional.of(value.ceil());
      case FACTORIAL ->
          isCount(value) ? Optional.of(ApintMath.factorial(value.longValue())) : Optional.empty();
      case SIN, COS, TAN, COT, SEC, CSC, ARCSIN, ARCCOS, ARCTAN, SINH, COSH, TANH, LN, LOG, EXP ->
          Optional.empty();
    };
  }

  private static Optional<Aprational> choice(Aprational of, Aprational chosen) {
    if (!isCount(of) || !isCount(chosen) || chosen.compareTo(of) > 0) {
      return Optional.empty();
    }
    Apint ways =
        ApintMath.factorial(of.longValue())
            .divide(ApintMath.factorial(chosen.longValue()))
            .divide(ApintMath.factorial(of.longValue() - chosen.longValue()));
    return Optional.of(ways);
  }

  private static boolean isCount(Aprational value) {
    return value.isInteger()
        && value.signum() >= 0
        && value.compareTo(new Apint(MOST_FACTORIAL)) <= 0;
  }

  private static long digits(Aprational value) {
    return Math.max(value.numerator().scale(), value.denominator().scale());
  }
}
