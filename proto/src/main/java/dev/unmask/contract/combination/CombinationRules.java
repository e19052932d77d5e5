package dev.unmask.contract.combination;

import dev.unmask.contract.Violation;
import java.util.List;

/** Every rule of what fits together in a decoding spec. */
public final class CombinationRules {
  private CombinationRules() {}

  /** What does not fit, each with the reason; empty when all does. */
  public static List<Violation> violations(Combination combination) {
    var refusals = Refusals.none();
    new ConfidenceRules(combination, refusals).check();
    new WinoRules(combination, refusals).check();
    new GuidanceRules(combination, refusals).check();
    new BlockCausalRules(combination, refusals).check();
    compatibility(combination, refusals.of(combination.compatibility()));
    new PlainDreamRules(combination, refusals).check();
    return refusals.list();
  }

  private static void compatibility(Combination combination, Refusals refusals) {
    switch (combination.compatibility()) {
      case COMPATIBILITY_FAST_DLLM -> {
        new OriginalRules(combination, refusals).check();
        new FastDllmRules(combination, refusals).check();
      }
      case COMPATIBILITY_D2CACHE -> {
        new OriginalRules(combination, refusals).check();
        new D2CacheRules(combination, refusals).check();
      }
      case COMPATIBILITY_SPARSE_DLLM -> {
        new OriginalRules(combination, refusals).check();
        new SparseDllmRules(combination, refusals).check();
      }
      case COMPATIBILITY_FAST_DLLM_V2 -> {
        new OriginalRules(combination, refusals).check();
        new BlockDiffusionRules(combination, refusals).fastDllmV2();
      }
      case COMPATIBILITY_SDAR -> {
        new OriginalRules(combination, refusals).check();
        new BlockDiffusionRules(combination, refusals).sdar();
      }
      case COMPATIBILITY_UNMASK, COMPATIBILITY_UNSPECIFIED, UNRECOGNIZED -> {}
    }
  }
}
