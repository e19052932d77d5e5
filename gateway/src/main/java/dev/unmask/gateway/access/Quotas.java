package dev.unmask.gateway.access;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a tenant may ask for. What is absent is not bounded.
 *
 * @param requestsPerSecond requests admitted a second, on average; above 0
 * @param burst requests admitted at once after a pause; at least 1, default: those of one second
 * @param concurrent requests under way, those that wait included; at least 1
 * @param workPerSecond work admitted a second, on average; unit: generated positions times steps
 * @param workBurst work admitted at once after a pause; default: that of a minute
 * @param weight share of the workers against other tenants' while all have requests waiting; above
 *     0, default 1
 * @param priority requests of a higher one are sent first, whatever the shares; 0 to 9, default 0
 */
public record Quotas(
    OptionalDouble requestsPerSecond,
    OptionalInt burst,
    OptionalInt concurrent,
    OptionalDouble workPerSecond,
    OptionalLong workBurst,
    OptionalDouble weight,
    OptionalInt priority) {
  private static final int HIGHEST_PRIORITY = 9;
  private static final double FASTEST = 1e12;
  private static final double SLOWEST = 1e-3;
  private static final double WIDEST = 1e6;
  private static final int WORK_BURST_SECONDS = 60;

  /** No bounds, the weight and priority of everybody. */
  public static final Quotas NONE =
      new Quotas(
          OptionalDouble.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalDouble.empty(),
          OptionalInt.empty());

  public Quotas {
    within("requests-per-second", requestsPerSecond, SLOWEST, FASTEST);
    within("work-per-second", workPerSecond, SLOWEST, FASTEST);
    within("weight", weight, SLOWEST, WIDEST);
    burst.ifPresent(given -> atLeastOne("burst", given));
    concurrent.ifPresent(given -> atLeastOne("concurrent", given));
    workBurst.ifPresent(given -> atLeastOne("work-burst", given));
    priority.ifPresent(given ->
        Names.require(
            given >= 0 && given <= HIGHEST_PRIORITY,
            "priority must be 0 to " + HIGHEST_PRIORITY + ", was " + given));
  }

  /** Requests at once. */
  public long requestsAtOnce() {
    return burst.orElse((int) Math.clamp(requestsPerSecond.orElse(1), 1, Integer.MAX_VALUE));
  }

  /** Work at once. */
  public long workAtOnce() {
    return workBurst.orElse((long) Math.max(1, workPerSecond.orElse(1) * WORK_BURST_SECONDS));
  }

  /** The share. */
  public double share() {
    return weight.orElse(1);
  }

  /** The rank. */
  public int rank() {
    return priority.orElse(0);
  }

  private static void within(String field, OptionalDouble given, double least, double most) {
    given.ifPresent(value ->
        Names.require(
            value >= least && value <= most,
            field + " must be " + least + " to " + most + ", was " + value));
  }

  private static void atLeastOne(String field, long given) {
    Names.require(given >= 1, field + " must be at least 1, was " + given);
  }
}
