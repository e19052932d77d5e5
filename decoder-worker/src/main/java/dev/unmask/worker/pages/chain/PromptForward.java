package dev.unmask.worker.pages.chain;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The forward that computes a prompt here, unless some of it is found.
 *
 * @param rows that it computes if nothing is
 * @param estimate of all of it now, with what waits for the device before it; empty if none was
 *     measured yet
 */
public record PromptForward(int rows, Supplier<Optional<Duration>> estimate) {
  /** As much of it as some of the rows take. */
  Optional<Duration> share(int some) {
    return estimate
        .get()
        .map(all -> Duration.ofNanos((long) ((double) all.toNanos() * some / rows)));
  }
}
