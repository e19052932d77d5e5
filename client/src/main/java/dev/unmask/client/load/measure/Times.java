package dev.unmask.client.load.measure;

import java.util.OptionalLong;

/**
 * When what happened to a request. Unit: nanoseconds; all but {@code arrival} count from there.
 *
 * @param arrival when it should have been sent, on the generator's clock
 * @param sent how late it was sent
 * @param firstDelta when the first tokens came; empty when none did
 * @param firstBlock when the first finished block came; empty when none did
 * @param total when it ended
 */
public record Times(
    long arrival, long sent, OptionalLong firstDelta, OptionalLong firstBlock, long total) {
  /** When it ended, on the generator's clock. */
  public long end() {
    return arrival + total;
  }
}
