package dev.unmask.worker.engine.forward;

import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.unmask.Wino;

/**
 * The slots of one canvas, which follow each other.
 *
 * <pre>
 *   start   canvas [positions] | beside [beside] | layers' outputs [outputs]
 * </pre>
 *
 * @param start first slot
 * @param positions of the canvas
 * @param beside slots behind the canvas: for a shadow, for what was retained of a canvas that stays
 *     stored, or for rows that attend to what was retained
 * @param outputs slots whose memory holds the layers' outputs instead of keys and values
 */
public record Room(int start, int positions, int beside, int outputs) {
  /** What any mechanism needs. */
  public static Room of(int positions, int outputs) {
    return new Room(0, positions, positions, outputs);
  }

  /**
   * What a method needs.
   *
   * @param outputs slots as large as the layers' outputs of the canvas
   */
  public static Room of(int positions, Method method, int outputs) {
    int beside = beside(positions, method);
    return new Room(0, positions, beside, method.cache() instanceof DllmCache ? outputs : 0);
  }

  private static int beside(int positions, Method method) {
    int block = method.blockLength();
    int rows = block + 1;
    if (method.cache() instanceof SparseDllm cache) {
      return cache.freezes() ? cache.kept(positions - block) + rows : rows;
    }
    return method.unmask() instanceof Wino ? rows : 0;
  }

  /** The same slots, moved. */
  public Room from(int slot) {
    return new Room(slot, positions, beside, outputs);
  }

  /** Slots altogether. */
  public int size() {
    return positions + beside + outputs;
  }

  /** Slots that keys may lie in. */
  int keys() {
    return positions + beside;
  }

  /** First slot of the layers' outputs. */
  int outputsStart() {
    return start + keys();
  }
}
