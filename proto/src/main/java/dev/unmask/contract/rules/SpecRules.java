package dev.unmask.contract.rules;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.contract.combination.Combination;
import dev.unmask.contract.combination.CombinationRules;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import java.util.Optional;
import java.util.OptionalLong;

/** Rules of a decoding spec; what needs the model is checked when it is known. */
final class SpecRules {
  private final Optional<Model> model;
  private final Violations violations;

  SpecRules(Optional<Model> model, Violations violations) {
    this.model = model;
    this.violations = violations;
  }

  void check(DecodingSpec spec) {
    var sizes = CanvasSizes.of(spec, model.orElse(Model.getDefaultInstance()));
    lengths(spec, sizes);
    var combination = combination(spec, sizes);
    new UnmaskRules(spec, sizes, violations).check();
    new CacheRules(violations).check(spec);
    new PriorRules(combination, violations).check(spec);
    guidance(spec);
    new SamplingRules(model, violations).check(spec.getSampling());
    stop(spec);
    choices(spec);
    CombinationRules.violations(combination)
        .forEach(found -> violations.add(found.field(), found.description()));
  }

  private void lengths(DecodingSpec spec, CanvasSizes sizes) {
    violations.range("spec.generation_length", sizes.generation(), 1, Limits.GENERATION_LENGTH);
    if (sizes.generation() < 1) {
      return;
    }
    if (sizes.modelBlock() > 0) {
      violations.addIf(
          !sizes.sound(),
          "spec.block_length",
          "must divide the model's block of " + sizes.modelBlock() + ", was " + sizes.block());
      violations.addIf(
          spec.hasNoCache() && sizes.sound() && sizes.generation() % sizes.block() != 0,
          "spec.generation_length",
          "must be a multiple of block_length "
              + sizes.block()
              + " with no_cache, was "
              + sizes.generation());
      return;
    }
    var origin = spec.hasBlockLength() ? "" : " (the default)";
    boolean outside = sizes.block() < 1 || sizes.block() > sizes.generation();
    violations.addIf(
        outside,
        "spec.block_length",
        "must be in [1, " + sizes.generation() + "] (generation_length), was " + sizes.block());
    violations.addIf(
        !outside && !sizes.sound(),
        "spec.block_length",
        "must divide generation_length " + sizes.generation() + ", was " + sizes.block() + origin);
  }

  private void guidance(DecodingSpec spec) {
    if (!spec.hasGuidance()) {
      return;
    }
    var field = "spec.guidance.";
    var guidance = spec.getGuidance();
    var bounds = Interval.leftOpen(0, Limits.GUIDANCE_SCALE);
    violations.range(field + "scale", guidance.getScale(), bounds);
    violations.optional(
        guidance.hasInterval(),
        field + "interval",
        guidance.getInterval(),
        1,
        Limits.INTERVAL_STEPS);
  }

  private void stop(DecodingSpec spec) {
    violations.range("spec.stop", spec.getStopCount(), 0, Limits.STOP_STRINGS);
    for (int i = 0; i < spec.getStopCount(); i++) {
      var text = spec.getStop(i);
      int characters = text.codePointCount(0, text.length());
      violations.addIf(
          characters < 1 || characters > Limits.STOP_STRING_CHARACTERS,
          "spec.stop[" + i + "]",
          "must be 1 to " + Limits.STOP_STRING_CHARACTERS + " characters, was " + characters);
    }
  }

  private void choices(DecodingSpec spec) {
    violations.known("spec.confidence", spec.getConfidenceValue(), spec.getConfidence());
    violations.known(
        "spec.end_of_sequence_rule", spec.getEndOfSequenceRuleValue(), spec.getEndOfSequenceRule());
    violations.known("spec.compatibility", spec.getCompatibilityValue(), spec.getCompatibility());
  }

  private Combination combination(DecodingSpec spec, CanvasSizes sizes) {
    return new Combination(
        spec,
        sizes.generation(),
        sizes.sound() ? OptionalLong.of(sizes.blocks()) : OptionalLong.empty(),
        model.map(known -> known.getIdentity().getFamily()));
  }
}
