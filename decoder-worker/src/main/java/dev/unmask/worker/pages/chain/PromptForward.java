package dev.unmask.worker.pages.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The first forward of a request, which computes its prompt unless some of it is found.
 *
 * @param end behind the last position that it computes; the block that is decoded first belongs to
 *     it, where both are one forward
 * @param held leading positions that need not be computed anyway, because this worker has them
 * @param now estimate of a forward of so many rows, with what waits for the device before it; empty
 *     if none was measured yet
 * @param alone the same, with nothing before it
 */
public record PromptForward(
    int end, int held, IntFunction<Optional<Duration>> now, IntFunction<Optional<Duration>> alone) {
  /**
   * What computing leading positions takes, from those held on: the whole forward without the one
   * that is left when they are there. A forward of few rows may take nearly as long as one of many.
   */
  Optional<Duration> upTo(int positions) {
    var all = now.apply(end - held);
    var rest = alone.apply(Math.max(1, end - Math.max(held, positions)));
    return all.map(whole -> whole.minus(rest.orElse(Duration.ZERO)))
        .map(saved -> saved.isNegative() ? Duration.ZERO : saved);
  }

  /** How many of leading positions are not held. */
  int beyond(int positions) {
    return Math.max(0, positions - held);
  }
}
