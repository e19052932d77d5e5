package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TimeSchedule;

/** Rules of the unmask policies. Bounds made of lengths that are wrong themselves are left out. */
final class UnmaskRules {
  private final DecodingSpec spec;
  private final CanvasSizes sizes;
  private final Violations violations;

  UnmaskRules(DecodingSpec spec, CanvasSizes sizes, Violations violations) {
    this.spec = spec;
    this.sizes = sizes;
    this.violations = violations;
  }

  void check() {
    switch (spec.getUnmaskCase()) {
      case FIXED_SCHEDULE -> schedule(spec.getFixedSchedule());
      case THRESHOLD -> threshold(spec.getThreshold());
      case FACTOR -> factor(spec.getFactor());
      case UNMASK_NOT_SET -> {}
    }
  }

  private void schedule(FixedSchedule schedule) {
    var field = "spec.fixed_schedule.";
    switch (schedule.getPaceCase()) {
      case STEPS -> steps(field + "steps", Integer.toUnsignedLong(schedule.getSteps()));
      case TOKENS_PER_STEP -> tokens(field + "tokens_per_step", schedule.getTokensPerStep());
      case TIME -> time(field + "time.", schedule.getTime());
      case PACE_NOT_SET -> {}
    }
  }

  private void time(String field, TimeSchedule time) {
    steps(field + "steps", Integer.toUnsignedLong(time.getSteps()));
    if (time.hasEpsilon()) {
      violations.range(field + "epsilon", time.getEpsilon(), Interval.open(0, 1));
    }
  }

  private void threshold(Threshold threshold) {
    var field = "spec.threshold.";
    if (threshold.hasThreshold()) {
      violations.range(field + "threshold", threshold.getThreshold(), Interval.leftOpen(0, 1));
    }
    if (threshold.hasMinTokensPerStep()) {
      tokens(field + "min_tokens_per_step", threshold.getMinTokensPerStep());
    }
    if (threshold.hasSteps()) {
      divisor(field + "steps", Integer.toUnsignedLong(threshold.getSteps()));
    }
  }

  private void factor(Factor factor) {
    var field = "spec.factor.";
    if (factor.hasFactor()) {
      violations.range(field + "factor", factor.getFactor(), Interval.leftOpen(0, Limits.FACTOR));
    }
    if (factor.hasMinTokensPerStep()) {
      tokens(field + "min_tokens_per_step", factor.getMinTokensPerStep());
    }
  }

  private void tokens(String field, int given) {
    long most = sizes.sound() ? sizes.block() : Limits.GENERATION_LENGTH;
    violations.range(field, Integer.toUnsignedLong(given), 1, most);
  }

  private void steps(String field, long given) {
    long least = sizes.sound() ? sizes.blocks() : 1;
    long most = Math.max(least, sizes.generation());
    violations.range(field, given, least, most);
    violations.addIf(
        sizes.sound() && given >= least && given <= most && given % sizes.blocks() != 0,
        field,
        "must be a multiple of the number of blocks, " + least + ", was " + given);
  }

  private void divisor(String field, long given) {
    long most = Math.max(1, sizes.generation());
    violations.range(field, given, 1, most);
    violations.addIf(
        given >= 1 && given <= most && most % given != 0,
        field,
        "must divide generation_length " + most + ", was " + given);
  }
}
