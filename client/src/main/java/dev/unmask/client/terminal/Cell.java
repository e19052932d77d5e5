package dev.unmask.client.terminal;

/** One generated position of a canvas. */
public sealed interface Cell {
  /** A position that is not known yet. */
  record Mask() implements Cell {}

  /**
   * A position that became a token.
   *
   * @param piece the token alone as text
   * @param confidence as the unmask policy saw it
   * @param step number of the step that committed it, from 0
   */
  record Token(String piece, double confidence, int step) implements Cell {
    /** Whether it stands for no text, like an end of sequence: {@code <|…|>} in every family. */
    boolean special() {
      return piece.startsWith("<|") && piece.endsWith("|>");
    }
  }
}
