package dev.unmask.worker.engine.forward;

import java.util.stream.IntStream;

/**
 * Lengths of a request's canvas.
 *
 * @param prompt positions of the prompt, padding included
 * @param generation positions that follow
 * @param padding leading positions that nobody attends to
 * @param origin position whose angle of rotation is 0; those before it share that angle
 */
public record CanvasSize(int prompt, int generation, int padding, int origin) {
  /** Without padding, as everything but published batches is decoded. */
  public CanvasSize(int prompt, int generation) {
    this(prompt, generation, 0, 0);
  }

  /** All positions. */
  public int positions() {
    return prompt + generation;
  }

  /** Rows that speak for the generated positions. */
  public int[] predicting(int shift) {
    return IntStream.range(prompt - shift, positions() - shift).toArray();
  }

  /** Positions that rows are rotated by. */
  int[] angles(int[] rows) {
    return IntStream.of(rows).map(row -> Math.max(0, row - origin)).toArray();
  }
}
