package dev.unmask.contract.combination;

/**
 * Rules of every compatibility that follows one of the accelerations: none of their decoders knows
 * guidance or LLaDA's end-of-sequence options.
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
  }
}
