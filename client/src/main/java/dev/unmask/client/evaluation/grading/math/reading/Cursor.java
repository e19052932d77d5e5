package dev.unmask.client.evaluation.grading.math.reading;

import java.util.ArrayList;
import java.util.List;

/** A place among tokens. */
final class Cursor {
  /** Most steps down into what is being read; a pair of brackets takes three. */
  private static final int DEPTH = 200;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(List<Token> tokens) {
    this.tokens = new ArrayList<>(tokens);
  }

  Token peek() {
    return at < tokens.size() ? tokens.get(at) : Token.END;
  }

  Token next() {
    var token = peek();
    at++;
    return token;
  }

  boolean skipSign(String sign) {
    boolean there = peek().isSign(sign);
    at += there ? 1 : 0;
    return there;
  }

  boolean skipCommand(String name) {
    boolean there = peek().isCommand(name);
    at += there ? 1 : 0;
    return there;
  }

  void expectSign(String sign) throws UnreadableException {
    if (!skipSign(sign)) {
      throw new UnreadableException("expected " + sign + ", found " + peek().text());
    }
  }

  /** Leaves only a number's first digit to be read next: TeX takes one where braces lack. */
  void splitNumber() {
    var token = peek();
    if (token.kind() == Token.Kind.NUMBER && token.text().length() > 1) {
      tokens.set(at, new Token(Token.Kind.NUMBER, token.text().substring(1)));
      tokens.add(at, new Token(Token.Kind.NUMBER, token.text().substring(0, 1)));
    }
  }

  /** A place to come back to. */
  int mark() {
    return at;
  }

  void back(int mark) {
    at = mark;
  }

  void enter() throws UnreadableException {
    if (++depth > DEPTH) {
      throw new UnreadableException("more than " + DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }
}
