package dev.unmask.worker.pages.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The forward that computes a prompt here, unless some of it is found.
 *
 * @param rows that it computes if nothing of the prompt is there
 * @param held leading positions that need not be computed anyway, because this worker has them
 * @param estimate of all the rows now, with what waits for the device before them; empty if none
 *     was measured yet
 */
public record PromptForward(int rows, int held, Supplier<Optional<Duration>> estimate) {
  /** As much of it as the rows of leading positions take, from those held on. */
  Optional<Duration> upTo(int positions) {
    double share = (double) beyond(positions) / rows;
    return estimate.get().map(all -> Duration.ofNanos((long) (all.toNanos() * share)));
  }

  /** How many of leading positions are not held. */
  int beyond(int positions) {
    return Math.max(0, positions - held);
  }
}
