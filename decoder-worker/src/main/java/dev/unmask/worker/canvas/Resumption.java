package dev.unmask.worker.canvas;

/**
 * Where another worker, which is lost, had come with a canvas. What it had told stays as it is.
 *
 * @param block that decoding goes on with, from 0
 * @param steps made before, which is the next one's number
 * @param blockSteps of them in this block
 * @param canvas all tokens that were told, masks as the mask token
 */
public record Resumption(int block, int steps, int blockSteps, int[] canvas) {
  public Resumption {
    if (block < 0 || blockSteps < 0 || steps < blockSteps) {
      throw new IllegalArgumentException(
          "nowhere to go on: %d, %d of %d steps".formatted(block, blockSteps, steps));
    }
  }
}
