package dev.unmask.gateway.routing;

import dev.unmask.contract.Limits;
import dev.unmask.prompt.Pieces;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which pieces of prompts a worker's device holds, as far as it told; at most {@link
 * Limits#HELD_PIECES}, more are not remembered. Safe for any thread.
 */
final class HeldPieces {
  private final Set<Long> digests = new HashSet<>();

  /** Leading pieces of a prompt that the worker holds. */
  synchronized int leading(Pieces pieces) {
    return pieces.leading(digests::contains);
  }

  /** Whether it holds none, as do all workers whose models attend to everything. */
  synchronized boolean isEmpty() {
    return digests.isEmpty();
  }

  /** These and no others. */
  synchronized void replace(Collection<Long> all) {
    digests.clear();
    add(all);
  }

  synchronized void add(Collection<Long> more) {
    more.stream().limit(Limits.HELD_PIECES - digests.size()).forEach(digests::add);
  }

  synchronized void remove(Collection<Long> gone) {
    gone.forEach(digests::remove);
  }

  synchronized void clear() {
    digests.clear();
  }
}
