package dev.unmask.contract.combination;

import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;
import dev.unmask.type.v1.FixedSchedule.PaceCase;
import dev.unmask.type.v1.ModelFamily;

/**
 * Rules of COMPATIBILITY_FAST_DLLM: what its decoders do not know cannot be followed. Source:
 * Fast-dLLM's generate.py (LLaDA), generation_utils.py (Dream without a cache) and
 * generation_utils_block.py (Dream with one).
 */
final class FastDllmRules {
  private static final long CACHED_STEPS_PER_BLOCK = 2;

  private final Combination combination;
  private final DecodingSpec spec;
  private final Refusals refusals;

  FastDllmRules(Combination combination, Refusals refusals) {
    this.combination = combination;
    this.spec = combination.spec();
    this.refusals = refusals;
  }

  /**
   * Whether a cache belongs to Fast-dLLM's block decoders; dLLM-Cache hooks into the one without.
   */
  static boolean inBlocks(CacheCase cache) {
    return cache != CacheCase.NO_CACHE && cache != CacheCase.DLLM_CACHE;
  }

  void check() {
    policies();
    bounds();
    if (combination.of(ModelFamily.MODEL_FAMILY_LLADA)) {
      llada();
    }
    if (combination.of(ModelFamily.MODEL_FAMILY_DREAM)) {
      dream();
      dreamBlocks();
    }
  }

  private void policies() {
    var unmask = combination.unmask();
    refusals.addIf(
        !scheduled() && unmask != UnmaskCase.THRESHOLD && unmask != UnmaskCase.FACTOR,
        combination.unmaskField(),
        "it is followed with fixed_schedule, threshold and factor only");
    var cache = combination.cache();
    refusals.addIf(
        cache == CacheCase.D2_CACHE || cache == CacheCase.SPARSE_DLLM,
        combination.cacheField(),
        "it is followed with no_cache, prefix_cache, dual_cache and dllm_cache only");
    refusals.addIf(
        spec.hasCertaintyPriorSigma(), "certainty_prior_sigma", "Fast-dLLM has no prior");
    refusals.addIf(
        pace() == PaceCase.TOKENS_PER_STEP,
        "fixed_schedule.tokens_per_step",
        "Fast-dLLM plans steps, not tokens a step");
  }

  private void bounds() {
    var onlyBest = "Fast-dLLM falls back to the best token alone";
    refusals.addIf(
        spec.getThreshold().getMinTokensPerStep() > 1, "threshold.min_tokens_per_step", onlyBest);
    refusals.addIf(
        spec.getFactor().getMinTokensPerStep() > 1, "factor.min_tokens_per_step", onlyBest);
    boolean bounded =
        combination.unmask() == UnmaskCase.THRESHOLD || combination.unmask() == UnmaskCase.FACTOR;
    refusals.addIf(
        bounded && !probability() && !random(),
        "confidence",
        "Fast-dLLM compares probabilities with its threshold and factor");
  }

  private void llada() {
    refusals.addIf(
        pace() == PaceCase.TIME,
        "fixed_schedule.time",
        "Fast-dLLM's LLaDA decoder shares steps evenly");
    refusals.addIf(
        spec.getFixedSchedule().hasAlgTemp(),
        "fixed_schedule.alg_temp",
        "Fast-dLLM's LLaDA decoder always commits the best");
    refusals.addIf(
        scheduled() && !probability() && !random(),
        "confidence",
        "Fast-dLLM's LLaDA decoder ranks by probability or at random");
  }

  private void dream() {
    refusals.addIf(spec.hasFactor(), "factor", "Fast-dLLM's Dream decoders have no factor");
    refusals.addIf(
        scheduled() && pace() != PaceCase.TIME,
        "fixed_schedule",
        "Fast-dLLM's Dream decoders plan in diffusion time; set time");
    refusals.addIf(
        scheduled() && random(),
        "confidence",
        "Fast-dLLM's Dream decoders have no random confidence");
  }

  private void dreamBlocks() {
    boolean inBlocks = inBlocks(combination.cache());
    long blocks = combination.blocks().orElse(0);
    refusals.addIf(
        !inBlocks && blocks > 1,
        "block_length",
        "Fast-dLLM's Dream decoder without a cache knows no blocks; it must be generation_length "
            + combination.generation());
    long least = CACHED_STEPS_PER_BLOCK * blocks;
    refusals.addIf(
        inBlocks && pace() == PaceCase.TIME && timeSteps() < least,
        "fixed_schedule.time.steps",
        "a block's first step commits one token in Fast-dLLM's cached Dream decoder; it must be at"
            + " least "
            + least);
  }

  private boolean scheduled() {
    return combination.unmask() == UnmaskCase.FIXED_SCHEDULE;
  }

  private boolean probability() {
    return combination.confidence() == Confidence.CONFIDENCE_MAX_PROBABILITY;
  }

  private boolean random() {
    return combination.confidence() == Confidence.CONFIDENCE_RANDOM;
  }

  private PaceCase pace() {
    return spec.getFixedSchedule().getPaceCase();
  }

  private long timeSteps() {
    return Integer.toUnsignedLong(spec.getFixedSchedule().getTime().getSteps());
  }
}
