package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EntropyBound;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.Klass;
import dev.unmask.type.v1.LeftToRight;
import dev.unmask.type.v1.PcSampler;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.Wino;

/** Rules of the unmask policies' own parameters. */
final class UnmaskRules {
  private static final Interval PROBABILITY = Interval.leftOpen(0, 1);

  private final DecodingSpec spec;
  private final PaceRules pace;
  private final Violations violations;

  UnmaskRules(DecodingSpec spec, CanvasSizes sizes, Violations violations) {
    this.spec = spec;
    this.pace = new PaceRules(sizes, violations);
    this.violations = violations;
  }

  void check() {
    switch (spec.getUnmaskCase()) {
      case FIXED_SCHEDULE -> pace.schedule(spec.getFixedSchedule());
      case THRESHOLD -> threshold(spec.getThreshold());
      case FACTOR -> factor(spec.getFactor());
      case ENTROPY_BOUND -> entropyBound(spec.getEntropyBound());
      case KLASS -> klass(spec.getKlass());
      case WINO -> wino(spec.getWino());
      case PC_SAMPLER -> pcSampler(spec.getPcSampler());
      case LEFT_TO_RIGHT -> leftToRight(spec.getLeftToRight());
      case ORIGIN -> pace.origin(spec.getOrigin());
      case UNMASK_NOT_SET -> {}
    }
  }

  private void threshold(Threshold threshold) {
    var field = "spec.threshold.";
    violations.optional(
        threshold.hasThreshold(), field + "threshold", threshold.getThreshold(), PROBABILITY);
    least(field, threshold.hasMinTokensPerStep(), threshold.getMinTokensPerStep());
    if (threshold.hasSteps()) {
      pace.divisor(field + "steps", threshold.getSteps());
    }
  }

  private void factor(Factor factor) {
    var field = "spec.factor.";
    var bounds = Interval.leftOpen(0, Limits.FACTOR);
    violations.optional(factor.hasFactor(), field + "factor", factor.getFactor(), bounds);
    least(field, factor.hasMinTokensPerStep(), factor.getMinTokensPerStep());
  }

  private void entropyBound(EntropyBound bound) {
    var field = "spec.entropy_bound.";
    var bounds = Interval.closed(0, Limits.ENTROPY_BOUND);
    violations.optional(bound.hasGamma(), field + "gamma", bound.getGamma(), bounds);
    least(field, bound.hasMinTokensPerStep(), bound.getMinTokensPerStep());
  }

  private void klass(Klass klass) {
    var field = "spec.klass.";
    var divergence = Interval.leftOpen(0, Limits.KL_THRESHOLD);
    violations.optional(
        klass.hasKlThreshold(), field + "kl_threshold", klass.getKlThreshold(), divergence);
    violations.optional(
        klass.hasKlHistoryLength(),
        field + "kl_history_length",
        klass.getKlHistoryLength(),
        1,
        Limits.KL_HISTORY_LENGTH);
    violations.optional(
        klass.hasThreshold(), field + "threshold", klass.getThreshold(), PROBABILITY);
    least(field, klass.hasMinTokensPerStep(), klass.getMinTokensPerStep());
  }

  private void wino(Wino wino) {
    var field = "spec.wino.";
    violations.optional(
        wino.hasWideInThres(), field + "wide_in_thres", wino.getWideInThres(), PROBABILITY);
    violations.optional(
        wino.hasNarrowOutThres(),
        field + "narrow_out_thres",
        wino.getNarrowOutThres(),
        Interval.closed(0, 1));
    least(field, wino.hasMinTokensPerStep(), wino.getMinTokensPerStep());
  }

  private void pcSampler(PcSampler sampler) {
    var field = "spec.pc_sampler.";
    if (sampler.hasTokensPerStep()) {
      pace.tokens(field + "tokens_per_step", sampler.getTokensPerStep());
    }
    var score = Interval.leftOpen(0, Limits.CLIP_ALPHA);
    violations.optional(
        sampler.hasClipAlpha(), field + "clip_alpha", sampler.getClipAlpha(), score);
  }

  private void leftToRight(LeftToRight policy) {
    var field = "spec.left_to_right.";
    violations.optional(
        policy.hasThreshold(), field + "threshold", policy.getThreshold(), PROBABILITY);
    least(field, policy.hasMinTokensPerStep(), policy.getMinTokensPerStep());
  }

  private void least(String policy, boolean there, int given) {
    if (there) {
      pace.tokens(policy + "min_tokens_per_step", given);
    }
  }
}
