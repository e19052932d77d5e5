package dev.unmask.worker.decoding;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Canvas;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The part of a block that WINO decodes and looks at again: the whole block, or, as published, less
 * and less of it: what lies between the first and the last position that were masked before the
 * step before, without those that were known then. A token taken back outside of it stays a mask.
 */
final class Shadowing {
  private final boolean shrinks;
  private int[] open = {};
  private int[] span = {};

  Shadowing(boolean shrinks) {
    this.shrinks = shrinks;
  }

  /** Begins a block. */
  void enter(Block block) {
    open = IntStream.range(block.start(), block.end()).toArray();
    span = open;
  }

  /** Positions that may be committed: masks of the span. */
  int[] candidates(Canvas canvas) {
    return IntStream.range(start(), end()).filter(canvas::masked).toArray();
  }

  /**
   * Positions that may be taken back: tokens of the span that were not known from the beginning.
   */
  int[] known(Canvas canvas) {
    return IntStream.range(start(), end())
        .filter(p -> !canvas.masked(p) && !canvas.pinned(p))
        .toArray();
  }

  /** Tells that a step is about to be made on a canvas. */
  void step(Canvas canvas) {
    if (shrinks) {
      span = open;
      open = Arrays.stream(open).filter(canvas::masked).toArray();
    }
  }

  /** Whether nothing is left to decode. */
  boolean finished(Canvas canvas) {
    return Arrays.stream(open).noneMatch(canvas::masked);
  }

  int start() {
    return span[0];
  }

  int end() {
    return span[span.length - 1] + 1;
  }
}
