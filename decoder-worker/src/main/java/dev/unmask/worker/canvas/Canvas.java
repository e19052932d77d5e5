package dev.unmask.worker.canvas;

import java.util.Arrays;

/**
 * The token sequence of one request: the prompt, then positions that are masks until a step commits
 * a token to them. A committed token never changes (invariant I1), unless a method takes it back
 * and says so. Used by one thread at a time.
 */
public final class Canvas {
  private final int[] tokens;
  private final int promptLength;
  private final int maskToken;

  private Canvas(int[] tokens, int promptLength, int maskToken) {
    this.tokens = tokens;
    this.promptLength = promptLength;
    this.maskToken = maskToken;
  }

  /**
   * The prompt followed by {@code generationLength} masks.
   *
   * @throws IllegalArgumentException when the prompt is empty or holds the mask token
   */
  public static Canvas of(int[] prompt, int generationLength, int maskToken) {
    if (prompt.length == 0 || generationLength < 1) {
      throw new IllegalArgumentException("a canvas needs a prompt and something to generate");
    }
    if (Arrays.stream(prompt).anyMatch(token -> token == maskToken)) {
      throw new IllegalArgumentException("the prompt holds the mask token");
    }
    int[] tokens = Arrays.copyOf(prompt, prompt.length + generationLength);
    Arrays.fill(tokens, prompt.length, tokens.length, maskToken);
    return new Canvas(tokens, prompt.length, maskToken);
  }

  /** Positions, prompt included. */
  public int length() {
    return tokens.length;
  }

  /** Positions of the prompt. */
  public int promptLength() {
    return promptLength;
  }

  /** The token, or the mask token, at a position. */
  public int token(int position) {
    return tokens[position];
  }

  /** Whether nothing is committed to a position yet. */
  public boolean masked(int position) {
    return tokens[position] == maskToken;
  }

  /** Masks from one position up to, not including, another. */
  public int masks(int start, int end) {
    int count = 0;
    for (int i = start; i < end; i++) {
      count += masked(i) ? 1 : 0;
    }
    return count;
  }

  /** First generated position that holds a token, or the canvas length when none does. */
  public int firstOf(int token) {
    int i = promptLength;
    while (i < tokens.length && tokens[i] != token) {
      i++;
    }
    return i;
  }

  /** Which generated positions are known, first generated position first. */
  public boolean[] known() {
    boolean[] known = new boolean[tokens.length - promptLength];
    for (int i = 0; i < known.length; i++) {
      known[i] = !masked(promptLength + i);
    }
    return known;
  }

  /**
   * Turns a mask into a token.
   *
   * @throws IllegalStateException when the position is known already or the token is the mask
   */
  public void commit(int position, int token) {
    if (position < promptLength || !masked(position)) {
      throw new IllegalStateException("position " + position + " is committed already");
    }
    if (token == maskToken) {
      throw new IllegalStateException("the model predicts the mask at position " + position);
    }
    tokens[position] = token;
  }

  /**
   * Turns a token back into a mask.
   *
   * @throws IllegalStateException when the position is of the prompt or masked
   */
  public void revoke(int position) {
    if (position < promptLength || masked(position)) {
      throw new IllegalStateException("position " + position + " holds nothing to take back");
    }
    tokens[position] = maskToken;
  }

  /** All tokens, masks included; a copy, hence a checkpoint. */
  public int[] tokens() {
    return tokens.clone();
  }

  /** The tokens at some positions. */
  public int[] tokens(int[] positions) {
    return Arrays.stream(positions).map(position -> tokens[position]).toArray();
  }
}
