package dev.unmask.contract.combination;

import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.ModelFamily;
import java.util.ArrayList;
import java.util.List;

/**
 * The rule of {@code threshold.steps}: only Fast-dLLM's Dream decoder without a cache of its own
 * limits how many positions a step considers.
 */
final class PlainDreamRules {
  private final Combination combination;
  private final Refusals refusals;

  PlainDreamRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    if (!combination.spec().getThreshold().hasSteps()) {
      return;
    }
    var missing = missing();
    refusals.addIf(
        !missing.isEmpty(),
        "threshold.steps",
        "belongs to Fast-dLLM's Dream decoder without a cache; missing: "
            + String.join(", ", missing));
  }

  private List<String> missing() {
    var missing = new ArrayList<String>();
    if (combination.compatibility() != Compatibility.COMPATIBILITY_FAST_DLLM) {
      missing.add("compatibility COMPATIBILITY_FAST_DLLM");
    }
    if (FastDllmRules.inBlocks(combination.cache())) {
      missing.add("no_cache or dllm_cache");
    }
    if (combination.blocks().orElse(0) != 1) {
      missing.add("block_length equal to generation_length");
    }
    if (combination.family().isPresent() && !combination.of(ModelFamily.MODEL_FAMILY_DREAM)) {
      missing.add("a Dream model");
    }
    return missing;
  }
}
