package dev.unmask.worker.rows;

import java.util.OptionalInt;

/**
 * What a step does with keys and values, which is all that cache policies ask of an engine. Every
 * mechanism keeps what it stores in place, in all layers, until a later step overwrites it.
 */
public sealed interface Mechanism {
  /** All rows attend to each other; nothing is stored. */
  record Fresh() implements Mechanism {}

  /**
   * Rows overwrite their stored keys and values, then attend to the whole canvas.
   *
   * @param rollout whether the attention rollout over all layers is wanted, which says how much
   *     each position was attended to (a probe)
   */
  record Overwrite(boolean rollout) implements Mechanism {}

  /**
   * Rows overwrite their stored keys and values, then attend to everything from the canvas's first
   * position to the end of their own block. Rows may be of several blocks.
   *
   * @param blockLength positions a block, counted from the canvas's first
   */
  record BlockCausal(int blockLength) implements Mechanism {
    /** First position that the row at a position does not see, on a canvas of some length. */
    public int end(int position, int length) {
      return Math.min((position / blockLength + 1) * blockLength, length);
    }
  }

  /**
   * Every layer stores keys, values, attention outputs and MLP outputs of all positions, and
   * computes its own rows anew: the first layer all; the others the prompt, the response, or, of a
   * response that is not refreshed, the rows whose value vectors moved the most.
   *
   * @param promptLength where the response begins
   * @param prompt whether the prompt is computed
   * @param response whether the response is computed
   * @param moved rows of a response that is not refreshed that each layer computes; empty: none,
   *     and its values are not even looked at
   */
  record LayerRefresh(int promptLength, boolean prompt, boolean response, OptionalInt moved)
      implements Mechanism {}

  /**
   * Rows attend to each other and to what else of the canvas is stored; of the keys and values
   * outside a span, which is among the rows, each layer keeps those that the mean query of the span
   * points at most. The rest of the canvas is dropped, or stays stored.
   *
   * @param start first position of the span
   * @param end first position behind it
   * @param kept how many positions are kept
   * @param kernel width of the maximum that smooths importance over neighbours, odd
   * @param beside whether what is kept is copied, and the canvas stays stored
   */
  record Retain(int start, int end, int kept, int kernel, boolean beside) implements Mechanism {
    /** All rows, of which what is not kept is dropped. */
    public Retain(int start, int end, int kept, int kernel) {
      this(start, end, kept, kernel, false);
    }
  }

  /** Rows attend to what was kept and to each other; nothing is stored. */
  record Retained() implements Mechanism {}

  /**
   * All rows, and a shadow of masks over a span that no row of the canvas sees; each shadow row
   * sees everything but the canvas row of its own position. Nothing is stored.
   *
   * @param start first position of the span
   * @param end first position behind it
   */
  record Shadow(int start, int end) implements Mechanism {}
}
