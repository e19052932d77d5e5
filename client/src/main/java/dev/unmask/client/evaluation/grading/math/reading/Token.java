package dev.unmask.client.evaluation.grading.math.reading;

/**
 * A piece of an answer's text.
 *
 * @param kind what it is
 * @param text its digits, letter, name without the backslash, words or sign
 */
record Token(Kind kind, String text) {
  /** What a piece is. */
  enum Kind {
    NUMBER,
    LETTER,
    COMMAND,
    WORDS,
    SIGN,
    END
  }

  static final Token END = new Token(Kind.END, "");

  static Token sign(String text) {
    return new Token(Kind.SIGN, text);
  }

  boolean isSign(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isCommand(String name) {
    return kind == Kind.COMMAND && text.equals(name);
  }
}
