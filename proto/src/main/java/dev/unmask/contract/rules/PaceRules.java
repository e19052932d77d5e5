package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Origin;
import dev.unmask.type.v1.TimeSchedule;

/**
 * Rules of steps and of tokens a step, which the lengths of the canvas bound. Bounds made of
 * lengths that are wrong themselves are left out.
 */
final class PaceRules {
  private final CanvasSizes sizes;
  private final Violations violations;

  PaceRules(CanvasSizes sizes, Violations violations) {
    this.sizes = sizes;
    this.violations = violations;
  }

  void schedule(FixedSchedule schedule) {
    var field = "spec.fixed_schedule.";
    switch (schedule.getPaceCase()) {
      case STEPS -> steps(field + "steps", schedule.getSteps());
      case TOKENS_PER_STEP -> tokens(field + "tokens_per_step", schedule.getTokensPerStep());
      case TIME -> time(field + "time.", schedule.getTime());
      case PACE_NOT_SET -> {}
    }
    var bounds = Interval.leftOpen(0, Limits.ALG_TEMPERATURE);
    violations.optional(schedule.hasAlgTemp(), field + "alg_temp", schedule.getAlgTemp(), bounds);
  }

  private void time(String field, TimeSchedule time) {
    steps(field + "steps", time.getSteps());
    epsilon(field, time.hasEpsilon(), time.getEpsilon());
  }

  void origin(Origin origin) {
    var field = "spec.origin.";
    if (origin.hasSteps()) {
      steps(field + "steps", origin.getSteps());
    }
    epsilon(field, origin.hasEpsilon(), origin.getEpsilon());
  }

  private void epsilon(String field, boolean there, double given) {
    violations.optional(there, field + "epsilon", given, Interval.open(0, 1));
  }

  /** At most a block. */
  void tokens(String field, int given) {
    long most = sizes.sound() ? sizes.block() : Limits.GENERATION_LENGTH;
    violations.range(field, Integer.toUnsignedLong(given), 1, most);
  }

  private void steps(String field, int unsigned) {
    long given = Integer.toUnsignedLong(unsigned);
    long least = sizes.sound() ? sizes.blocks() : 1;
    // A step a token; a block-causal model's last block counts as a whole one.
    long most = sizes.sound() ? sizes.blocks() * sizes.block() : sizes.generation();
    violations.range(field, given, least, Math.max(least, most));
    violations.addIf(
        sizes.sound() && given >= least && given <= most && given % sizes.blocks() != 0,
        field,
        "must be a multiple of the number of blocks, " + least + ", was " + given);
  }

  /** Steps that share the generation evenly. */
  void divisor(String field, int unsigned) {
    long given = Integer.toUnsignedLong(unsigned);
    long most = Math.max(1, sizes.generation());
    violations.range(field, given, 1, most);
    violations.addIf(
        given >= 1 && given <= most && most % given != 0,
        field,
        "must divide generation_length " + most + ", was " + given);
  }
}
