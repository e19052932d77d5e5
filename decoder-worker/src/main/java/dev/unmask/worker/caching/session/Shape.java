package dev.unmask.worker.caching.session;

import dev.unmask.worker.rows.Window;
import java.util.Optional;

/**
 * What a cache policy must know of a canvas.
 *
 * @param length positions of the canvas
 * @param promptLength positions before the generated part
 * @param predictionShift row i speaks for position i + this
 * @param window which rows speak for a block
 * @param causal what rows see of it, if attention is block-causal; empty: all
 */
public record Shape(
    int length, int promptLength, int predictionShift, Window window, Optional<Causal> causal) {
  /**
   * Block-causal attention.
   *
   * @param blockLength positions a block, counted from position 0
   * @param storesApart whether a finished block is stored by a step of its own, as published
   */
  public record Causal(int blockLength, boolean storesApart) {}

  public Shape {
    if (promptLength < 0 || length <= promptLength || predictionShift < 0) {
      throw new IllegalArgumentException("no canvas: %d of %d".formatted(promptLength, length));
    }
  }

  /** With full attention. */
  public Shape(int length, int promptLength, int predictionShift, Window window) {
    this(length, promptLength, predictionShift, window, Optional.empty());
  }

  /** Rows of the generated part, and the one that speaks for its first position. */
  public int[] response() {
    return window.rows(promptLength, length);
  }

  /** Positions of the generated part. */
  public int generationLength() {
    return length - promptLength;
  }
}
