package dev.unmask.client.options;

import dev.unmask.client.options.method.CacheOptions;
import dev.unmask.client.options.method.Placement;
import dev.unmask.client.options.method.UnmaskOptions;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How a canvas is decoded, as options. What is not given stays unset, so that the gateway's
 * defaults hold; bounds, and what fits together, are the gateway's to check.
 */
public final class DecodingOptions {
  /** Whose published behaviour to follow. */
  enum Original {
    UNMASK,
    FAST_DLLM,
    D2CACHE,
    SPARSE_DLLM,
    FAST_DLLM_V2,
    SDAR;

    /** As it is typed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--length", paramLabel = "N", description = "tokens to generate (default: 128)")
  private Optional<Integer> length = Optional.empty();

  @Option(
      names = "--block",
      paramLabel = "N",
      description = "tokens a block (default: 32, or a block-causal model's own)")
  private Optional<Integer> block = Optional.empty();

  @Mixin private UnmaskOptions unmask = new UnmaskOptions();
  @Mixin private CacheOptions cache = new CacheOptions();
  @Mixin private ScoreOptions score = new ScoreOptions();
  @Mixin private GuidanceOptions guidance = new GuidanceOptions();
  @Mixin private SamplingOptions sampling = new SamplingOptions();
  @Mixin private EndOptions end = new EndOptions();

  @Option(
      names = "--compatibility",
      paramLabel = "ORIGINAL",
      description = "unmask (the default), fast-dllm, d2cache, sparse-dllm, fast-dllm-v2 or sdar")
  private Optional<Original> compatibility = Optional.empty();

  /**
   * The spec these options stand for.
   *
   * @throws ParameterException when an option belongs to a choice that was not made
   */
  public DecodingSpec spec() {
    var placement = new Placement(command.commandLine());
    var spec = DecodingSpec.newBuilder();
    length.ifPresent(spec::setGenerationLength);
    block.ifPresent(spec::setBlockLength);
    unmask.apply(spec, placement);
    cache.apply(spec, placement);
    score.apply(spec);
    guidance.apply(spec, placement);
    sampling.apply(spec);
    end.apply(spec);
    compatibility.map(DecodingOptions::of).ifPresent(spec::setCompatibility);
    return spec.build();
  }

  private static Compatibility of(Original original) {
    return switch (original) {
      case UNMASK -> Compatibility.COMPATIBILITY_UNMASK;
      case FAST_DLLM -> Compatibility.COMPATIBILITY_FAST_DLLM;
      case D2CACHE -> Compatibility.COMPATIBILITY_D2CACHE;
      case SPARSE_DLLM -> Compatibility.COMPATIBILITY_SPARSE_DLLM;
      case FAST_DLLM_V2 -> Compatibility.COMPATIBILITY_FAST_DLLM_V2;
      case SDAR -> Compatibility.COMPATIBILITY_SDAR;
    };
  }
}
