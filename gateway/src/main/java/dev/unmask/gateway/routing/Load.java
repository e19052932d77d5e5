package dev.unmask.gateway.routing;

/**
 * How busy a worker is.
 *
 * @param running requests that had a slot at its last report
 * @param waiting requests that waited for one then
 * @param slots slots altogether
 * @param unreported requests this gateway sent since, which the report cannot know
 */
public record Load(long running, long waiting, long slots, long unreported) {
  /** Requests a slot: what workers are compared by. */
  double pressure() {
    return (double) (running + waiting + unreported) / Math.max(1, slots);
  }
}
