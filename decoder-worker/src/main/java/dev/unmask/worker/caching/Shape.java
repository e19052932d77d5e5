package dev.unmask.worker.caching;

/**
 * What a cache policy must know of a canvas.
 *
 * @param length positions of the canvas
 * @param window which rows speak for a block
 */
public record Shape(int length, Window window) {
  public Shape {
    if (length < 1) {
      throw new IllegalArgumentException("an empty canvas");
    }
  }
}
