package dev.unmask.contract.combination;

import dev.unmask.type.v1.DecodingSpec;

/**
 * Rules of COMPATIBILITY_D2CACHE: what its framework does not know cannot be followed. Source:
 * d2Cache's src/generation and src/cache.
 */
final class D2CacheRules {
  private final DecodingSpec spec;
  private final Refusals refusals;

  D2CacheRules(Combination combination, Refusals refusals) {
    this.spec = combination.spec();
    this.refusals = refusals;
  }

  void check() {
    refusals.addIf(spec.hasOrigin(), "origin", "d2Cache has no such policy");
    refusals.addIf(spec.hasSparseDllm(), "sparse_dllm", "d2Cache has no such cache");
    refusals.addIf(
        spec.getFixedSchedule().hasAlgTemp(),
        "fixed_schedule.alg_temp",
        "d2Cache always commits the best");
    refusals.addIf(
        spec.hasLeftToRight() && spec.hasCertaintyPriorSigma(),
        "certainty_prior_sigma",
        "d2Cache's ar has no prior");
  }
}
