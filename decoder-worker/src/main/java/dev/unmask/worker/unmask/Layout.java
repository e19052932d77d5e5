package dev.unmask.worker.unmask;

/**
 * How the generated part is cut into blocks.
 *
 * @param blocks of the generated part
 * @param blockLength positions of each
 */
public record Layout(int blocks, int blockLength) {
  public Layout {
    if (blocks < 1 || blockLength < 1) {
      throw new IllegalArgumentException("no layout: " + blocks + " blocks of " + blockLength);
    }
  }

  /** Positions of the generated part. */
  public int generationLength() {
    return blocks * blockLength;
  }
}
