package dev.unmask.client.evaluation.grading.math.reading;

import dev.unmask.client.evaluation.grading.math.expression.Node;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.apfloat.Apint;
import org.apfloat.Aprational;

/** Reads numbers: decimals, repeating ones, mixed ones and those to a base. */
final class Numbers {
  private static final Pattern REPEATING =
      Pattern.compile("(\\d*)\\.(\\d*)\\\\overline\\s*\\{(\\d+)\\}");

  private Numbers() {}

  static Node read(String text, Cursor cursor, Atoms atoms) throws UnreadableException {
    if (cursor.skipSign("_")) {
      return new Node.Symbol(text + "_" + atoms.shortArgument());
    }
    var number = new Node.Fraction(value(text));
    if (cursor.peek().isCommand("frac") && text.chars().allMatch(Character::isDigit)) {
      return mixed(number, cursor, atoms);
    }
    return number;
  }

  /** Two and a half is written as a whole number before a proper fraction of whole numbers. */
  private static Node mixed(Node.Fraction whole, Cursor cursor, Atoms atoms)
      throws UnreadableException {
    int start = cursor.mark();
    cursor.next();
    if (atoms.shortArgument() instanceof Node.Fraction(var top)
        && atoms.shortArgument() instanceof Node.Fraction(var bottom)
        && top.compareTo(bottom) < 0
        && !cursor.peek().isSign("^")) {
      return new Node.Sum(
          List.of(whole, new Node.Quotient(new Node.Fraction(top), new Node.Fraction(bottom))));
    }
    cursor.back(start);
    return whole;
  }

  static Aprational value(String text) {
    var repeating = REPEATING.matcher(text);
    if (repeating.matches()) {
      return repeating(repeating.group(1), repeating.group(2), repeating.group(3));
    }
    int point = text.indexOf('.');
    if (point < 0) {
      return new Aprational(new Apint(text));
    }
    var decimals = text.substring(point + 1);
    return quotient(
        new BigInteger("0" + text.substring(0, point) + decimals),
        BigInteger.TEN.pow(decimals.length()));
  }

  private static Aprational repeating(String whole, String fixed, String period) {
    var once = new BigInteger("0" + whole + fixed);
    var twice = new BigInteger("0" + whole + fixed + period);
    var nines = BigInteger.TEN.pow(period.length()).subtract(BigInteger.ONE);
    return quotient(twice.subtract(once), nines.multiply(BigInteger.TEN.pow(fixed.length())));
  }

  private static Aprational quotient(BigInteger top, BigInteger bottom) {
    return new Aprational(new Apint(top), new Apint(bottom));
  }
}
