package dev.unmask.gateway.admission.gate;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FixedSchedule;

/**
 * How many steps a request may take, before it has taken any: its plan's, or one a position, which
 * no method exceeds by much. What it did not take is given back at its end.
 */
public final class ExpectedSteps {
  private ExpectedSteps() {}

  /** Steps of a spec that broke no rule. */
  public static long of(DecodingSpec spec) {
    long generation = CanvasSizes.of(spec).generation();
    return spec.hasFixedSchedule() ? planned(spec.getFixedSchedule(), generation) : generation;
  }

  private static long planned(FixedSchedule schedule, long generation) {
    return switch (schedule.getPaceCase()) {
      case STEPS -> Integer.toUnsignedLong(schedule.getSteps());
      case TOKENS_PER_STEP ->
          Math.ceilDiv(generation, Integer.toUnsignedLong(schedule.getTokensPerStep()));
      case TIME -> Integer.toUnsignedLong(schedule.getTime().getSteps());
      case PACE_NOT_SET -> generation;
    };
  }
}
