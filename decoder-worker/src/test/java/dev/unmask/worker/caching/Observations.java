package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.Observation;
import dev.unmask.worker.canvas.Block;

/** Observations for tests. */
final class Observations {
  private Observations() {}

  /** A step of a block that has shown nothing. */
  static Observation of(Block block) {
    return new Observation(
        block, new int[0], new int[0], new float[0], new boolean[0], new float[0]);
  }

  /** A step of a block after which some generated positions are known, counted from 0. */
  static Observation of(Block block, boolean... known) {
    return new Observation(block, new int[0], new int[0], new float[0], known, new float[0]);
  }
}
