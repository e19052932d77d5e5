package dev.unmask.contract.combination;

import dev.unmask.type.v1.DecodingSpec.CacheCase;

/** Rules of WINO, whose step has a shadow of the block that no cache and no guidance knows. */
final class WinoRules {
  private final Combination combination;
  private final Refusals refusals;

  WinoRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    if (!combination.spec().hasWino()) {
      return;
    }
    refusals.addIf(
        combination.cache() != CacheCase.NO_CACHE,
        "wino",
        "does not fit "
            + combination.cacheName()
            + ": a step that looks at its block again computes every row; set no_cache");
    refusals.addIf(
        combination.spec().hasGuidance(),
        "guidance",
        "must be absent with wino: its shadow of the block has no unconditional half");
  }
}
