package dev.unmask.worker.engine.forward;

import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.unmask.Wino;

/**
 * The slots of one canvas, which follow each other.
 *
 * <pre>
 *   start   canvas [positions] | beside: a shadow, or rows beside what was retained | layers' outputs
 * </pre>
 *
 * @param start first slot
 * @param positions of the canvas
 * @param beside slots behind the canvas
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
    int block = method.blockLength();
    int beside =
        method.unmask() instanceof Wino || method.cache() instanceof SparseDllm ? block + 1 : 0;
    return new Room(0, positions, beside, method.cache() instanceof DllmCache ? outputs : 0);
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
