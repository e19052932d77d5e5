package dev.unmask.contract.combination;

import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;
import dev.unmask.type.v1.FixedSchedule.PaceCase;
import dev.unmask.type.v1.ModelFamily;

/**
 * Rules of COMPATIBILITY_SPARSE_DLLM: what its decoders do not know cannot be followed. Source:
 * Sparse-dLLM's llada_generate.py (LLaDA) and dream/generation_utils.py (Dream).
 */
final class SparseDllmRules {
  private static final long STEPS_PER_BLOCK = 2;

  private final Combination combination;
  private final DecodingSpec spec;
  private final Refusals refusals;

  SparseDllmRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.spec = combination.spec();
    this.refusals = refusals;
  }

  void check() {
    refusals.addIf(
        combination.cache() != CacheCase.SPARSE_DLLM,
        combination.cacheField(),
        "Sparse-dLLM decodes with its own cache, not with "
            + combination.cacheName()
            + "; set sparse_dllm");
    refusals.addIf(
        combination.unmask() != UnmaskCase.FIXED_SCHEDULE,
        combination.unmaskField(),
        "Sparse-dLLM follows a schedule, not " + combination.unmaskName() + "; set fixed_schedule");
    refusals.addIf(
        spec.hasCertaintyPriorSigma(), "certainty_prior_sigma", "Sparse-dLLM has no prior");
    refusals.addIf(
        pace() == PaceCase.TOKENS_PER_STEP,
        "fixed_schedule.tokens_per_step",
        "Sparse-dLLM plans steps, not tokens a step");
    if (combination.of(ModelFamily.MODEL_FAMILY_LLADA)) {
      llada();
    }
    if (combination.of(ModelFamily.MODEL_FAMILY_DREAM)) {
      dream();
    }
  }

  private void llada() {
    refusals.addIf(
        pace() == PaceCase.TIME,
        "fixed_schedule.time",
        "Sparse-dLLM's LLaDA decoder shares steps evenly; set steps");
    refusals.addIf(
        spec.getFixedSchedule().hasAlgTemp(),
        "fixed_schedule.alg_temp",
        "Sparse-dLLM's LLaDA decoder always commits the best");
    var confidence = combination.confidence();
    refusals.addIf(
        scheduled()
            && (confidence == Confidence.CONFIDENCE_MARGIN
                || confidence == Confidence.CONFIDENCE_NEGATIVE_ENTROPY),
        "confidence",
        "Sparse-dLLM's LLaDA decoder ranks by probability or at random");
  }

  private void dream() {
    refusals.addIf(
        scheduled() && pace() != PaceCase.TIME && pace() != PaceCase.TOKENS_PER_STEP,
        "fixed_schedule",
        "Sparse-dLLM's Dream decoder plans in diffusion time; set time");
    refusals.addIf(
        scheduled() && combination.confidence() == Confidence.CONFIDENCE_RANDOM,
        "confidence",
        "Sparse-dLLM's Dream decoder has no random confidence");
    long least = STEPS_PER_BLOCK * combination.blocks().orElse(0);
    refusals.addIf(
        pace() == PaceCase.TIME
            && Integer.toUnsignedLong(spec.getFixedSchedule().getTime().getSteps()) < least,
        "fixed_schedule.time.steps",
        "a block's first step commits one token in Sparse-dLLM's Dream decoder; it must be at least "
            + least);
  }

  private boolean scheduled() {
    return combination.unmask() == UnmaskCase.FIXED_SCHEDULE;
  }

  private PaceCase pace() {
    return spec.getFixedSchedule().getPaceCase();
  }
}
