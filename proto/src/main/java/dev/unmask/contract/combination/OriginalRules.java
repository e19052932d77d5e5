package dev.unmask.contract.combination;

/**
 * Rules of every compatibility that follows one of the accelerations: none of their decoders knows
 * guidance, LLaDA's end-of-sequence options, or a block cache whose prompt is frozen.
 */
final class OriginalRules {
  private static final String UNKNOWN = "its original has no such option";

  private final Combination combination;
  private final Refusals refusals;

  OriginalRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void check() {
    var spec = combination.spec();
    refusals.addIf(spec.hasGuidance(), "guidance", UNKNOWN);
    refusals.addIf(spec.getLogitsEosInf(), "logits_eos_inf", UNKNOWN);
    refusals.addIf(spec.getConfidenceEosEotInf(), "confidence_eos_eot_inf", UNKNOWN);
    frozen("prefix_cache", spec.getPrefixCache().getPromptIntervalSteps());
    frozen("dual_cache", spec.getDualCache().getPromptIntervalSteps());
    frozen("sparse_dllm", spec.getSparseDllm().getPromptIntervalSteps());
  }

  private void frozen(String cache, int steps) {
    refusals.addIf(
        Integer.compareUnsigned(steps, 1) > 0,
        cache + ".prompt_interval_steps",
        "its original computes the prompt at every block start; leave it out, or set"
            + " COMPATIBILITY_UNMASK");
  }
}
