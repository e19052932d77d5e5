package dev.unmask.contract.combination;

import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;
import dev.unmask.type.v1.FixedSchedule.PaceCase;
import dev.unmask.type.v1.ModelFamily;

/**
 * Rules of COMPATIBILITY_FAST_DLLM_V2 and COMPATIBILITY_SDAR: what their decoders do not know cannot
 * be followed. Source: Fast-dLLM v2 generation_functions.py, SDAR generate.py.
 */
final class BlockDiffusionRules {
  private final Combination combination;
  private final Refusals refusals;

  BlockDiffusionRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.refusals = refusals;
  }

  void fastDllmV2() {
    family(ModelFamily.MODEL_FAMILY_FAST_DLLM_V2);
    var spec = combination.spec();
    refusals.addIf(
        combination.unmask() != UnmaskCase.THRESHOLD,
        combination.unmaskField(),
        "Fast-dLLM v2 compares probabilities with a threshold");
    refusals.addIf(
        spec.getThreshold().getMinTokensPerStep() > 1,
        "threshold.min_tokens_per_step",
        "Fast-dLLM v2 falls back to the best token alone");
    scores();
  }

  void sdar() {
    family(ModelFamily.MODEL_FAMILY_SDAR);
    var spec = combination.spec();
    boolean scheduled = combination.unmask() == UnmaskCase.FIXED_SCHEDULE;
    refusals.addIf(
        !scheduled
            && combination.unmask() != UnmaskCase.THRESHOLD
            && combination.unmask() != UnmaskCase.ENTROPY_BOUND
            && combination.unmask() != UnmaskCase.LEFT_TO_RIGHT,
        combination.unmaskField(),
        "it is followed with threshold, fixed_schedule, entropy_bound and left_to_right only");
    refusals.addIf(
        scheduled && spec.getFixedSchedule().getPaceCase() == PaceCase.TIME,
        "fixed_schedule.time",
        "SDAR shares a block evenly among its steps");
    refusals.addIf(
        spec.getLeftToRight().hasThreshold(),
        "left_to_right.threshold",
        "SDAR's sequential strategy has no threshold");
    refusals.addIf(
        spec.getBlockCache().getWithinBlock(),
        "block_cache.within_block",
        "SDAR computes whole blocks");
    scores();
  }

  private void family(ModelFamily own) {
    refusals.addIf(
        combination.blockCausal() && !combination.of(own),
        "compatibility",
        "its original decodes models of another family");
  }

  /** SDAR's bound takes positions by rising entropy, all else goes by probability. */
  private Confidence confidence() {
    return combination.unmask() == UnmaskCase.ENTROPY_BOUND
        ? Confidence.CONFIDENCE_NEGATIVE_ENTROPY
        : Confidence.CONFIDENCE_MAX_PROBABILITY;
  }

  private void scores() {
    refusals.addIf(
        combination.spec().hasCertaintyPriorSigma(),
        "certainty_prior_sigma",
        "its original has no prior");
    refusals.addIf(
        combination.confidence() != confidence(),
        "confidence",
        "its original ranks by " + confidence());
  }
}
