package dev.unmask.bench.observability;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * An alert that is not at rest.
 *
 * @param name of its rule
 * @param instance it is about
 * @param state {@code pending} or {@code firing}
 * @param since when its expression holds
 */
record Alert(String name, String instance, String state, Instant since) {
  /** Itself as a line. */
  String line() {
    return "%s: %s at %s, since %s"
        .formatted(state, name, instance, since.truncatedTo(ChronoUnit.SECONDS));
  }
}
