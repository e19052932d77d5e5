package dev.unmask.contract.rules;

import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DecodingSpec.CacheCase;
import dev.unmask.type.v1.DecodingSpec.UnmaskCase;
import dev.unmask.type.v1.FixedSchedule.PaceCase;
import dev.unmask.type.v1.Model;
import java.util.Optional;

/**
 * Rules of COMPATIBILITY_FAST_DLLM: what its decoders do not know cannot be followed. Source:
 * Fast-dLLM's generate.py (LLaDA), generation_utils.py (Dream without a cache) and
 * generation_utils_block.py (Dream with one).
 */
final class FastDllmRules {
  private static final long CACHED_STEPS_PER_BLOCK = 2;

  private final DecodingSpec spec;
  private final CanvasSizes sizes;
  private final Violations violations;

  FastDllmRules(DecodingSpec spec, CanvasSizes sizes, Violations violations) {
    this.spec = spec;
    this.sizes = sizes;
    this.violations = violations;
  }

  void check(Optional<Model> model) {
    anyFamily();
    model.ifPresent(known -> {
      switch (known.getIdentity().getFamily()) {
        case MODEL_FAMILY_LLADA -> llada();
        case MODEL_FAMILY_DREAM -> dream();
        case MODEL_FAMILY_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    });
  }

  private void anyFamily() {
    refuse(spec.hasCertaintyPriorSigma(), "certainty_prior_sigma", "Fast-dLLM has no prior");
    refuse(
        pace() == PaceCase.TOKENS_PER_STEP,
        "fixed_schedule.tokens_per_step",
        "Fast-dLLM plans steps, not tokens a step");
    var onlyBest = "Fast-dLLM falls back to the best token alone";
    refuse(
        spec.getThreshold().getMinTokensPerStep() > 1, "threshold.min_tokens_per_step", onlyBest);
    refuse(spec.getFactor().getMinTokensPerStep() > 1, "factor.min_tokens_per_step", onlyBest);
    refuse(
        spec.getUnmaskCase() != UnmaskCase.FIXED_SCHEDULE && !probability(),
        "confidence",
        "Fast-dLLM compares probabilities with its threshold and factor");
  }

  private void llada() {
    refuse(
        pace() == PaceCase.TIME,
        "fixed_schedule.time",
        "Fast-dLLM's LLaDA decoder shares steps evenly");
    refuse(
        spec.getUnmaskCase() == UnmaskCase.FIXED_SCHEDULE && !probability(),
        "confidence",
        "Fast-dLLM's LLaDA decoder ranks by probability");
  }

  private void dream() {
    refuse(spec.hasFactor(), "factor", "Fast-dLLM's Dream decoders have no factor");
    refuse(
        spec.hasFixedSchedule() && pace() != PaceCase.TIME,
        "fixed_schedule",
        "Fast-dLLM's Dream decoders plan in diffusion time; set time");
    if (!sizes.sound()) {
      return;
    }
    boolean cached = spec.getCacheCase() != CacheCase.NO_CACHE;
    refuse(
        !cached && sizes.blocks() > 1,
        "block_length",
        "Fast-dLLM's Dream decoder without a cache knows no blocks; it must be generation_length "
            + sizes.generation());
    long least = CACHED_STEPS_PER_BLOCK * sizes.blocks();
    refuse(
        cached && pace() == PaceCase.TIME && timeSteps() < least,
        "fixed_schedule.time.steps",
        "a block's first step commits one token in Fast-dLLM's cached Dream decoder; it must be at"
            + " least "
            + least);
  }

  private void refuse(boolean broken, String field, String reason) {
    violations.addIf(broken, "spec." + field, "does not fit COMPATIBILITY_FAST_DLLM: " + reason);
  }

  private boolean probability() {
    return spec.getConfidence() == Confidence.CONFIDENCE_UNSPECIFIED
        || spec.getConfidence() == Confidence.CONFIDENCE_MAX_PROBABILITY;
  }

  private PaceCase pace() {
    return spec.getFixedSchedule().getPaceCase();
  }

  private long timeSteps() {
    return Integer.toUnsignedLong(spec.getFixedSchedule().getTime().getSteps());
  }
}
