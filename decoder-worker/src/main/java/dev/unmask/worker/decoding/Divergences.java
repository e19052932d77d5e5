package dev.unmask.worker.decoding;

import java.util.Arrays;
import java.util.BitSet;

/**
 * How far the distributions of generated positions moved in the last steps. A step that does not
 * score a position tells nothing of it, so the divergence to the next one is infinite.
 */
final class Divergences {
  private final float[][] history;
  private BitSet scored = new BitSet();

  Divergences(int generationLength, int steps) {
    history = new float[generationLength][steps];
    for (float[] row : history) {
      Arrays.fill(row, Float.POSITIVE_INFINITY);
    }
  }

  /** Takes a step's divergences of generated positions, from 0. */
  void record(int[] positions, float[] divergences) {
    for (float[] row : history) {
      System.arraycopy(row, 1, row, 0, row.length - 1);
      row[row.length - 1] = Float.POSITIVE_INFINITY;
    }
    var now = new BitSet();
    for (int i = 0; i < positions.length; i++) {
      now.set(positions[i]);
      if (scored.get(positions[i])) {
        float[] row = history[positions[i]];
        row[row.length - 1] = divergences[i];
      }
    }
    scored = now;
  }

  /** The last divergences of a position, oldest first. */
  float[] of(int position) {
    return history[position].clone();
  }
}
