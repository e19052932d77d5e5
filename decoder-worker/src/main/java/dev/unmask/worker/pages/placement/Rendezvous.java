package dev.unmask.worker.pages.placement;

import dev.unmask.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Rendezvous hashing (highest random weight; Thaler and Ravishankar 1998): every pair of a state
 * and an instance has a weight, and a state is with the instance that weighs most. Losing an
 * instance moves the states that it had, each to its own second choice.
 */
public final class Rendezvous {
  private Rendezvous() {}

  /** A number for an instance, from its name. */
  public static long seed(String instance) {
    return ByteBuffer.wrap(Sha256.of(instance.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /**
   * How much an instance wants a state; compared as unsigned numbers or not, but always alike.
   *
   * @param state bits of its name, evenly spread
   * @param seed of the instance
   */
  public static long weight(long state, long seed) {
    // The finalizer of MurmurHash3: every bit of the input moves half of the output's.
    long mixed = state ^ seed;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
