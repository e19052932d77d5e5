package dev.unmask.worker.canvas;

/**
 * A decoding block: the positions one round of denoising fills.
 *
 * @param number from 0, left to right
 * @param start first canvas position
 * @param end first canvas position behind it
 */
public record Block(int number, int start, int end) {
  public Block {
    if (number < 0 || start < 0 || end <= start) {
      throw new IllegalArgumentException("no such block: " + number + ", " + start + ".." + end);
    }
  }

  /** Positions in it. */
  public int length() {
    return end - start;
  }
}
