package dev.unmask.bench.simulation.size;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What requests take.
 *
 * @param slots of a worker
 * @param prefillMillis before the first step
 * @param stepMillis a step takes
 * @param fewestSteps of a request
 * @param mostSteps of a request; in between evenly distributed
 */
public record Costs(
    int slots, double prefillMillis, double stepMillis, int fewestSteps, int mostSteps) {
  /** How long one request, drawn at random, keeps its slot. Unit: nanoseconds. */
  long hold(RandomGenerator random) {
    int steps = fewestSteps + random.nextInt(mostSteps - fewestSteps + 1);
    return Math.round((prefillMillis + steps * stepMillis) * TimeUnit.MILLISECONDS.toNanos(1));
  }

  /** The mean of it. Unit: seconds. */
  double meanSeconds() {
    double steps = (fewestSteps + mostSteps) / 2.0;
    return (prefillMillis + steps * stepMillis) / TimeUnit.SECONDS.toMillis(1);
  }

  /** Requests a second that so many workers can take at most. */
  double most(int workers) {
    return workers * slots / meanSeconds();
  }
}
