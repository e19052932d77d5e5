package dev.unmask.client.evaluation.grading.math.expression;

import java.util.Map;
import java.util.Optional;

/** Functions of one argument. */
public enum Function {
  SIN,
  COS,
  TAN,
  COT,
  SEC,
  CSC,
  ARCSIN,
  ARCCOS,
  ARCTAN,
  SINH,
  COSH,
  TANH,
  LN,
  LOG,
  EXP,
  ABS,
  FLOOR,
  CEILING,
  FACTORIAL;

  private static final Map<String, Function> NAMES =
      Map.ofEntries(
          Map.entry("sin", SIN),
          Map.entry("cos", COS),
          Map.entry("tan", TAN),
          Map.entry("cot", COT),
          Map.entry("sec", SEC),
          Map.entry("csc", CSC),
          Map.entry("arcsin", ARCSIN),
          Map.entry("arccos", ARCCOS),
          Map.entry("arctan", ARCTAN),
          Map.entry("sinh", SINH),
          Map.entry("cosh", COSH),
          Map.entry("tanh", TANH),
          Map.entry("ln", LN),
          Map.entry("log", LOG),
          Map.entry("lg", LOG),
          Map.entry("exp", EXP));

  /** A function by its name in TeX or plain text. */
  public static Optional<Function> named(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /** Whether its power {@code -1} is this function's inverse, as in sin^{-1} x. */
  public Optional<Function> inverse() {
    return switch (this) {
      case SIN -> Optional.of(ARCSIN);
      case COS -> Optional.of(ARCCOS);
      case TAN -> Optional.of(ARCTAN);
      case COT,
          SEC,
          CSC,
          ARCSIN,
          ARCCOS,
          ARCTAN,
          SINH,
          COSH,
          TANH,
          LN,
          LOG,
          EXP,
          ABS,
          FLOOR,
          CEILING,
          FACTORIAL ->
          Optional.empty();
    };
  }
}
