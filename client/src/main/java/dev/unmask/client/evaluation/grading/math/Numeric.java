package dev.unmask.client.evaluation.grading.math;

import dev.unmask.client.evaluation.grading.math.expression.Function;
import dev.unmask.client.evaluation.grading.math.expression.Node;
import java.util.Map;
import org.apfloat.Apcomplex;
import org.apfloat.ApcomplexMath;
import org.apfloat.Apfloat;
import org.apfloat.ApfloatMath;
import org.apfloat.Apint;
import org.apfloat.Aprational;

/** The value of an expression, to many digits, where its symbols have values. */
final class Numeric {
  /** Decimal digits that are computed with. */
  static final long PRECISION = 60;

  /** Largest power of ten that is computed with, up and down. */
  private static final long SCALE = 20_000;

  private static final Apcomplex ONE = real("1");
  private static final Apcomplex TEN = real("10");

  private final Map<String, Apcomplex> symbols;
  private final Budget budget;

  Numeric(Map<String, Apcomplex> symbols, Budget budget) {
    this.symbols = symbols;
    this.budget = budget;
  }

  static Apcomplex real(String digits) {
    return new Apfloat(digits, PRECISION);
  }

  /**
   * The value.
   *
   * @throws ArithmeticException when there is none, or none that can be computed in bounds
   */
  Apcomplex value(Node node) {
    budget.spend();
    var exact = Exact.of(node);
    return bounded(exact.isPresent() ? approximate(exact.get()) : compute(node));
  }

  private Apcomplex compute(Node node) {
    return switch (node) {
      case Node.Fraction(var value) -> approximate(value);
      case Node.Symbol(var name) -> symbol(name);
      case Node.Constant constant -> constant(constant);
      case Node.Sum(var terms) ->
          terms.stream().map(this::value).reduce(Apcomplex::add).orElseThrow();
      case Node.Product(var factors) ->
          factors.stream().map(this::value).reduce(Apcomplex::multiply).orElseThrow();
      case Node.Quotient(var top, var bottom) -> value(top).divide(value(bottom));
      case Node.Power(var base, var exponent) -> power(value(base), exponent);
      case Node.Call(var function, var argument) -> call(function, value(argument));
      case Node.Choice _,
          Node.Text _,
          Node.Measured _,
          Node.Group _,
          Node.Relation _,
          Node.Union _,
          Node.Matrix _ ->
          throw new ArithmeticException("no number");
    };
  }

  private Apcomplex symbol(String name) {
    var value = symbols.get(name);
    if (value == null) {
      throw new ArithmeticException(name + " has no value");
    }
    return value;
  }

  private static Apcomplex constant(Node.Constant constant) {
    return switch (constant) {
      case PI -> ApfloatMath.pi(PRECISION);
      case E -> ApfloatMath.exp(new Apfloat("1", PRECISION));
      case I -> new Apcomplex(new Apfloat("0", PRECISION), new Apfloat("1", PRECISION));
    };
  }

  private Apcomplex power(Apcomplex base, Node exponent) {
    var exact = Exact.of(exponent);
    if (exact.isPresent() && exact.get().isInteger()) {
      return whole(base, exact.get());
    }
    if (exact.isPresent() && isOdd(exact.get().denominator()) && isNegative(base)) {
      var root = general(base.negate(), approximate(exact.get()));
      return isOdd(exact.get().numerator()) ? root.negate() : root;
    }
    return general(base, value(exponent));
  }

  private static Apcomplex whole(Apcomplex base, Aprational exponent) {
    long n = exponent.longValueExact();
    if (Math.abs((double) n) * Math.max(1, Math.abs(base.scale())) > SCALE) {
      throw new ArithmeticException("too large a power");
    }
    return ApcomplexMath.pow(base, n);
  }

  private static Apcomplex general(Apcomplex base, Apcomplex exponent) {
    if (base.equals(Apcomplex.ZERO)) {
      return Apcomplex.ZERO; // With whole exponents, zero's among them, done with elsewhere.
    }
    var size = ApcomplexMath.log(base).multiply(exponent);
    return exponential(size);
  }

  private static Apcomplex exponential(Apcomplex exponent) {
    if (exponent.scale() > 5) {
      throw new ArithmeticException("too large a power");
    }
    return ApcomplexMath.exp(exponent);
  }

  private static Apcomplex call(Function function, Apcomplex x) {
    return switch (function) {
      case SIN -> ApcomplexMath.sin(angle(x));
      case COS -> ApcomplexMath.cos(angle(x));
      case TAN -> ApcomplexMath.tan(angle(x));
      case COT -> ONE.divide(ApcomplexMath.tan(angle(x)));
      case SEC -> ONE.divide(ApcomplexMath.cos(angle(x)));
      case CSC -> ONE.divide(ApcomplexMath.sin(angle(x)));
      case ARCSIN -> ApcomplexMath.asin(x);
      case ARCCOS -> ApcomplexMath.acos(x);
      case ARCTAN -> ApcomplexMath.atan(x);
      case SINH -> ApcomplexMath.sinh(angle(x));
      case COSH -> ApcomplexMath.cosh(angle(x));
      case TANH -> ApcomplexMath.tanh(angle(x));
      case LN -> ApcomplexMath.log(x);
      case LOG -> ApcomplexMath.log(x).divide(ApcomplexMath.log(TEN));
      case EXP -> exponential(x);
      case ABS -> ApcomplexMath.abs(x);
      case FLOOR -> isReal(x) ? x.real().floor() : none(function);
      case CEILING -> isReal(x) ? x.real().ceil() : none(function);
      case FACTORIAL -> none(function);
    };
  }

  /** Functions of angles lose as many digits as their argument has before the point. */
  private static Apcomplex angle(Apcomplex x) {
    if (x.scale() > 5) {
      throw new ArithmeticException("too large an angle");
    }
    return x;
  }

  private static Apcomplex none(Function function) {
    throw new ArithmeticException("no value of " + function);
  }

  private static Apcomplex bounded(Apcomplex value) {
    if (!value.equals(Apcomplex.ZERO) && Math.abs(value.scale()) > SCALE) {
      throw new ArithmeticException("too large or too small");
    }
    return value;
  }

  private static Apfloat approximate(Aprational value) {
    return value.precision(PRECISION);
  }

  private static boolean isReal(Apcomplex value) {
    return value.imag().signum() == 0;
  }

  private static boolean isNegative(Apcomplex value) {
    return isReal(value) && value.real().signum() < 0;
  }

  private static boolean isOdd(Apint number) {
    return number.mod(new Apint(2)).signum() != 0;
  }
}
