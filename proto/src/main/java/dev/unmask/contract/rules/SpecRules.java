package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import java.util.Optional;

/** Rules of a decoding spec; what needs the model is checked when it is known. */
final class SpecRules {
  private final Optional<Model> model;
  private final Violations violations;

  SpecRules(Optional<Model> model, Violations violations) {
    this.model = model;
    this.violations = violations;
  }

  void check(DecodingSpec spec) {
    var sizes = CanvasSizes.of(spec);
    lengths(spec, sizes);
    new UnmaskRules(spec, sizes, violations).check();
    prior(spec);
    new SamplingRules(model, violations).check(spec.getSampling());
    stop(spec);
    choices(spec);
    if (spec.getCompatibility() == Compatibility.COMPATIBILITY_FAST_DLLM) {
      new FastDllmRules(spec, sizes, violations).check(model);
    }
    new PlainDreamRules(spec, sizes).check(model, violations);
  }

  private void lengths(DecodingSpec spec, CanvasSizes sizes) {
    violations.range("spec.generation_length", sizes.generation(), 1, Limits.GENERATION_LENGTH);
    if (sizes.generation() < 1) {
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

  private void prior(DecodingSpec spec) {
    if (!spec.hasCertaintyPriorSigma()) {
      return;
    }
    var field = "spec.certainty_prior_sigma";
    var bounds = Interval.leftOpen(0, Limits.CERTAINTY_PRIOR_SIGMA);
    violations.range(field, spec.getCertaintyPriorSigma(), bounds);
    violations.addIf(
        spec.getConfidence() == Confidence.CONFIDENCE_NEGATIVE_ENTROPY,
        field,
        "must be absent with CONFIDENCE_NEGATIVE_ENTROPY: its scores are negative, so a density"
            + " would reverse their order");
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
    known("spec.confidence", spec.getConfidenceValue(), spec.getConfidence().name());
    known(
        "spec.end_of_sequence_rule",
        spec.getEndOfSequenceRuleValue(),
        spec.getEndOfSequenceRule().name());
    known("spec.compatibility", spec.getCompatibilityValue(), spec.getCompatibility().name());
  }

  private void known(String field, int number, String name) {
    violations.addIf(
        name.equals("UNRECOGNIZED"), field, "must be a value of its enum, was " + number);
  }
}
