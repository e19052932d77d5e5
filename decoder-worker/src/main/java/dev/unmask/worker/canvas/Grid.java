package dev.unmask.worker.canvas;

/**
 * The decoding blocks of a canvas. With full attention the first begins where the prompt ends. A
 * block-causal model's blocks lie at multiples of their length from position 0, whatever the
 * prompt's length, so that the first may begin with the prompt's end; the last ends with the canvas.
 *
 * <pre>
 *   prompt of 6, 8 to generate, blocks of 4
 *   from the prompt's end   p p p p p p | 0 0 0 0 | 1 1 1 1
 *   from position 0         p p p p | p p 0 0 | 1 1 1 1 | 2 2
 * </pre>
 *
 * @param origin first position of the first block
 * @param blockLength positions a block
 * @param end positions of the canvas
 */
public record Grid(int origin, int blockLength, int end) {
  public Grid {
    if (origin < 0 || blockLength < 1 || end <= origin) {
      throw new IllegalArgumentException(
          "no blocks: " + origin + ".." + end + " by " + blockLength);
    }
  }

  /** Blocks that begin where the prompt ends. */
  public static Grid behind(int promptLength, int blockLength, int end) {
    return new Grid(promptLength, blockLength, end);
  }

  /** Blocks at multiples of their length, from the one that holds the first generated position. */
  public static Grid aligned(int promptLength, int blockLength, int end) {
    return new Grid(promptLength - promptLength % blockLength, blockLength, end);
  }

  /** How many blocks there are. */
  public int blocks() {
    return Math.ceilDiv(end - origin, blockLength);
  }

  /** A block, from 0. */
  public Block block(int number) {
    int start = origin + number * blockLength;
    return new Block(number, start, Math.min(start + blockLength, end));
  }
}
