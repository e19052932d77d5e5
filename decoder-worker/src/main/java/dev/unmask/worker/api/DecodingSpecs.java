package dev.unmask.worker.api;

import dev.unmask.contract.rules.CanvasSizes;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.decoding.Compatibility;
import dev.unmask.worker.decoding.EndOfSequenceRule;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.unmask.Confidence;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Decoding specs as methods: the defaults that the contract names, and nothing else. */
public final class DecodingSpecs {
  private static final double THRESHOLD = 0.9;
  private static final double FACTOR = 1;
  private static final double EPSILON = 1e-3;

  private DecodingSpecs() {}

  /**
   * The method a validated spec asks for.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, for what cannot be
   */
  public static Method method(DecodingSpec spec) {
    var sizes = CanvasSizes.of(spec);
    return new Method(
        Math.toIntExact(sizes.generation()),
        Math.toIntExact(sizes.block()),
        unmask(spec),
        cache(spec),
        confidence(spec),
        spec.hasCertaintyPriorSigma()
            ? OptionalDouble.of(spec.getCertaintyPriorSigma())
            : OptionalDouble.empty(),
        sampling(spec.getSampling()),
        endOfSequence(spec),
        compatibility(spec));
  }

  private static UnmaskPolicy unmask(DecodingSpec spec) {
    return switch (spec.getUnmaskCase()) {
      case FIXED_SCHEDULE -> new FixedSchedule(pace(spec.getFixedSchedule()));
      case THRESHOLD, UNMASK_NOT_SET -> threshold(spec.getThreshold());
      case FACTOR -> factor(spec.getFactor());
    };
  }

  private static Pace pace(dev.unmask.type.v1.FixedSchedule schedule) {
    return switch (schedule.getPaceCase()) {
      case STEPS -> new Pace.Steps(schedule.getSteps());
      case TOKENS_PER_STEP -> new Pace.TokensPerStep(schedule.getTokensPerStep());
      case TIME -> {
        var time = schedule.getTime();
        yield new Pace.TimeSchedule(
            time.getSteps(), time.hasEpsilon() ? time.getEpsilon() : EPSILON);
      }
      case PACE_NOT_SET -> new Pace.TokensPerStep(1);
    };
  }

  private static Threshold threshold(dev.unmask.type.v1.Threshold threshold) {
    return new Threshold(
        threshold.hasThreshold() ? threshold.getThreshold() : THRESHOLD,
        threshold.hasMinTokensPerStep() ? threshold.getMinTokensPerStep() : 1,
        threshold.hasSteps() ? OptionalInt.of(threshold.getSteps()) : OptionalInt.empty());
  }

  private static Factor factor(dev.unmask.type.v1.Factor factor) {
    return new Factor(
        factor.hasFactor() ? factor.getFactor() : FACTOR,
        factor.hasMinTokensPerStep() ? factor.getMinTokensPerStep() : 1,
        Factor.Edge.THEOREM);
  }

  private static CachePolicy cache(DecodingSpec spec) {
    return switch (spec.getCacheCase()) {
      case NO_CACHE -> new NoCache();
      case PREFIX_CACHE -> new PrefixCache();
      case DUAL_CACHE, CACHE_NOT_SET -> new DualCache();
    };
  }

  private static Confidence confidence(DecodingSpec spec) {
    return switch (spec.getConfidence()) {
      case CONFIDENCE_UNSPECIFIED, CONFIDENCE_MAX_PROBABILITY, UNRECOGNIZED ->
          Confidence.MAX_PROBABILITY;
      case CONFIDENCE_MARGIN -> Confidence.MARGIN;
      case CONFIDENCE_NEGATIVE_ENTROPY -> Confidence.NEGATIVE_ENTROPY;
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
    };
  }
}
