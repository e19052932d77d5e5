package dev.unmask.client.load.measure;

/**
 * When is measured: after the warm-up. Unit: nanoseconds of the generator's clock.
 *
 * @param begin first moment
 * @param end first moment after it
 */
public record Window(long begin, long end) {
  /** Whether a moment is in it. */
  public boolean holds(long moment) {
    return moment >= begin && moment < end;
  }
}
