package dev.unmask.worker.api;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.Optional;
import java.util.OptionalDouble;

/** Decoding specs as methods: the defaults that the contract names, and nothing else. */
public final class DecodingSpecs {
  private DecodingSpecs() {}

  /**
   * The method a validated spec asks for of a model with full attention.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, for what cannot be
   */
  public static Method method(DecodingSpec spec) {
    return method(spec, Model.getDefaultInstance());
  }

  /**
   * The method a validated spec asks for.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, for what cannot be
   */
  public static Method method(DecodingSpec spec, Model model) {
    var sizes = CanvasSizes.of(spec, model);
    return new Method(
        Math.toIntExact(sizes.generation()),
        Math.toIntExact(sizes.block()),
        UnmaskSpecs.policy(spec, Math.toIntExact(sizes.blocks() * sizes.block())),
        CacheSpecs.policy(spec, sizes.modelBlock() > 0),
        scoring(spec),
        guidance(spec),
        endOfSequence(spec),
        compatibility(spec));
  }

  private static Scoring scoring(DecodingSpec spec) {
    return new Scoring(
        confidence(spec),
        spec.hasCertaintyPriorSigma()
            ? OptionalDouble.of(spec.getCertaintyPriorSigma())
            : OptionalDouble.empty(),
        sampling(spec.getSampling()),
        spec.getLogitsEosInf(),
        spec.getConfidenceEosEotInf());
  }

  private static Optional<Guidance> guidance(DecodingSpec spec) {
    var guidance = spec.getGuidance();
    return spec.hasGuidance()
        ? Optional.of(
            new Guidance(guidance.getScale(), guidance.hasInterval() ? guidance.getInterval() : 1))
        : Optional.empty();
  }

  private static Confidence confidence(DecodingSpec spec) {
    return switch (spec.getConfidence()) {
      case CONFIDENCE_UNSPECIFIED, CONFIDENCE_MAX_PROBABILITY, UNRECOGNIZED ->
          Confidence.MAX_PROBABILITY;
      case CONFIDENCE_MARGIN -> Confidence.MARGIN;
      case CONFIDENCE_NEGATIVE_ENTROPY -> Confidence.NEGATIVE_ENTROPY;
      case CONFIDENCE_RANDOM -> Confidence.RANDOM;
    };
  }

  private static Sampling sampling(dev.unmask.type.v1.Sampling sampling) {
    return new Sampling(
        sampling.getTemperature(),
        sampling.hasTopP() ? sampling.getTopP() : 1,
        sampling.getTopK(),
        sampling.getSeed());
  }

  private static EndOfSequenceRule endOfSequence(DecodingSpec spec) {
    return switch (spec.getEndOfSequenceRule()) {
      case END_OF_SEQUENCE_RULE_UNSPECIFIED, END_OF_SEQUENCE_RULE_STOP, UNRECOGNIZED ->
          EndOfSequenceRule.STOP;
      case END_OF_SEQUENCE_RULE_DECODE_ALL -> EndOfSequenceRule.DECODE_ALL;
    };
  }

  private static Compatibility compatibility(DecodingSpec spec) {
    return switch (spec.getCompatibility()) {
      case COMPATIBILITY_UNSPECIFIED, COMPATIBILITY_UNMASK, UNRECOGNIZED -> Compatibility.UNMASK;
      case COMPATIBILITY_FAST_DLLM -> Compatibility.FAST_DLLM;
      case COMPATIBILITY_D2CACHE -> Compatibility.D2CACHE;
      case COMPATIBILITY_SPARSE_DLLM -> Compatibility.SPARSE_DLLM;
      case COMPATIBILITY_FAST_DLLM_V2 -> Compatibility.FAST_DLLM_V2;
      case COMPATIBILITY_SDAR -> Compatibility.SDAR;
    };
  }
}
