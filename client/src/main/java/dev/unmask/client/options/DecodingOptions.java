package dev.unmask.client.options;

import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * How a canvas is decoded, as options. What is not given stays unset, so that the gateway's
 * defaults hold; bounds are the gateway's to check.
 */
public final class DecodingOptions {
  /** Cache policies by the names people call them. */
  enum CachePolicy {
    NONE,
    PREFIX,
    DUAL
  }

  /** What "sure of a token" means. */
  enum Certainty {
    PROBABILITY,
    MARGIN,
    ENTROPY
  }

  /** Whose published behaviour to follow. */
  enum Original {
    UNMASK,
    FAST_DLLM,
    D2CACHE;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Option(names = "--length", paramLabel = "N", description = "tokens to generate (default: 128)")
  private Optional<Integer> length = Optional.empty();

  @Option(names = "--block", paramLabel = "N", description = "tokens a block (default: 32)")
  private Optional<Integer> block = Optional.empty();

  @ArgGroup(exclusive = true)
  private UnmaskOptions unmask = new UnmaskOptions();

  @Option(
      names = "--min-tokens",
      paramLabel = "N",
      description = "threshold and factor commit at least N tokens a step (default: 1)")
  private Optional<Integer> minTokens = Optional.empty();

  @Option(names = "--epsilon", paramLabel = "E", description = "where --time-steps end")
  private Optional<Double> epsilon = Optional.empty();

  @Option(
      names = "--cache",
      paramLabel = "POLICY",
      description = "none, prefix or dual (the default)")
  private Optional<CachePolicy> cache = Optional.empty();

  @Option(
      names = "--confidence",
      paramLabel = "KIND",
      description = "probability (the default), margin or entropy")
  private Optional<Certainty> confidence = Optional.empty();

  @Option(names = "--sigma", paramLabel = "S", description = "width of the certainty prior")
  private Optional<Double> sigma = Optional.empty();

  @Mixin private SamplingOptions sampling = new SamplingOptions();

  @Option(names = "--stop", paramLabel = "TEXT", description = "end before TEXT; repeatable")
  private List<String> stop = List.of();

  @Option(
      names = "--decode-all",
      description = "decode every position, also behind an end of sequence")
  private boolean decodeAll;

  @Option(
      names = "--compatibility",
      paramLabel = "ORIGINAL",
      description = "unmask (the default), fast-dllm or d2cache")
  private Optional<Original> compatibility = Optional.empty();

  /** The spec these options stand for. */
  public DecodingSpec spec() {
    var spec = DecodingSpec.newBuilder().addAllStop(stop);
    length.ifPresent(spec::setGenerationLength);
    block.ifPresent(spec::setBlockLength);
    unmask.apply(spec, minTokens, epsilon);
    cache.ifPresent(policy -> apply(policy, spec));
    confidence.map(DecodingOptions::of).ifPresent(spec::setConfidence);
    sigma.ifPresent(spec::setCertaintyPriorSigma);
    sampling.apply(spec);
    if (decodeAll) {
      spec.setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL);
    }
    compatibility.map(DecodingOptions::of).ifPresent(spec::setCompatibility);
    return spec.build();
  }

  private static void apply(CachePolicy policy, DecodingSpec.Builder spec) {
    switch (policy) {
      case NONE -> spec.setNoCache(NoCache.getDefaultInstance());
      case PREFIX -> spec.setPrefixCache(PrefixCache.getDefaultInstance());
      case DUAL -> spec.setDualCache(DualCache.getDefaultInstance());
    }
  }

  private static Confidence of(Certainty certainty) {
    return switch (certainty) {
      case PROBABILITY -> Confidence.CONFIDENCE_MAX_PROBABILITY;
      case MARGIN -> Confidence.CONFIDENCE_MARGIN;
      case ENTROPY -> Confidence.CONFIDENCE_NEGATIVE_ENTROPY;
    };
  }

  private static Compatibility of(Original original) {
    return switch (original) {
      case UNMASK -> Compatibility.COMPATIBILITY_UNMASK;
      case FAST_DLLM -> Compatibility.COMPATIBILITY_FAST_DLLM;
      case D2CACHE -> Compatibility.COMPATIBILITY_D2CACHE;
    };
  }
}
