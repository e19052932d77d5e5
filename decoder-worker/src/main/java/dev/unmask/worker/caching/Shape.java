package dev.unmask.worker.caching;

import dev.unmask.worker.rows.Window;

/**
 * What a cache policy must know of a canvas.
 *
 * @param length positions of the canvas
 * @param promptLength positions before the generated part
 * @param predictionShift row i speaks for position i + this
 * @param window which rows speak for a block
 */
public record Shape(int length, int promptLength, int predictionShift, Window window) {
  public Shape {
    if (promptLength < 0 || length <= promptLength || predictionShift < 0) {
      throw new IllegalArgumentException("no canvas: %d of %d".formatted(promptLength, length));
    }
  }

  /** Rows of the generated part, and the one that speaks for its first position. */
  int[] response() {
    return window.rows(promptLength, length);
  }

  /** Positions of the generated part. */
  int generationLength() {
    return length - promptLength;
  }
}
