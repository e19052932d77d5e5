package dev.unmask.worker.canvas;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The token sequence of one request: the prompt, then positions that are masks until a step commits
 * a token to them, or known from the beginning. A committed token never changes (invariant I1),
 * unless a method takes it back and says so; what was known from the beginning never does. Used by
 * one thread at a time.
 *
 * <pre>
 *   p p p | _ g _ _ _ | s s      p prompt, g given, s suffix, _ mask
 *   answer  0 1 2 3 4            an end of sequence left of g ends nothing
 * </pre>
 */
public final class Canvas {
  private final int[] tokens;
  private final int promptLength;
  private final int maskToken;
  private final BitSet given = new BitSet();
  private final BitSet pinned = new BitSet();
  private int answerEnd;

  private Canvas(int[] tokens, int promptLength, int maskToken) {
    this.tokens = tokens;
    this.promptLength = promptLength;
    this.maskToken = maskToken;
    answerEnd = tokens.length;
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

  /**
   * What is known of a canvas where its decoding begins, and masks.
   *
   * @throws IllegalArgumentException when the prompt is empty or holds the mask token, or what is
   *     known does not fit
   */
  public static Canvas of(Outset outset, int generationLength, int maskToken) {
    var canvas = of(outset.prompt(), generationLength, maskToken);
    canvas.give(outset.given());
    outset.resumption().ifPresent(canvas::resume);
    return canvas;
  }

  private void give(Given known) {
    int[] places = known.places(tokens.length - promptLength);
    int[] there = known.known();
    for (int i = 0; i < places.length; i++) {
      int position = promptLength + places[i];
      pin(position, there[i]);
      given.set(position);
    }
    answerEnd -= known.suffix().length;
  }

  private void resume(Resumption there) {
    if (there.canvas().length != tokens.length) {
      throw new IllegalArgumentException("another canvas's");
    }
    for (int i = promptLength; i < tokens.length; i++) {
      if (there.canvas()[i] != maskToken && !given.get(i)) {
        pin(i, there.canvas()[i]);
      }
    }
  }

  private void pin(int position, int token) {
    if (position >= tokens.length || pinned.get(position) || token == maskToken) {
      throw new IllegalArgumentException("nothing that could be known at " + position);
    }
    tokens[position] = token;
    pinned.set(position);
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

  /** Whether a generated position was known from the beginning, and is never taken back. */
  public boolean pinned(int position) {
    return pinned.get(position);
  }

  /** Positions that were given, from one position up to, not including, another. */
  public int given(int start, int end) {
    return given.get(start, Math.max(start, end)).cardinality();
  }

  /** First position behind the answer: where the suffix begins, or the canvas length. */
  public int answerEnd() {
    return answerEnd;
  }

  /** First position behind all that was given: an end of sequence left of it ends nothing. */
  public int openStart() {
    return Math.max(promptLength, given.length());
  }

  /**
   * First generated position behind all that was given that holds a token, or the canvas length
   * when none does.
   */
  public int firstOf(int token) {
    int i = openStart();
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
   * @throws IllegalStateException when the position is of the prompt, known from the beginning, or
   *     masked
   */
  public void revoke(int position) {
    if (position < promptLength || masked(position) || pinned(position)) {
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
