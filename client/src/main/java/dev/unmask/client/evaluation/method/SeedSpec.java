package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.Sampling;

/** The decoding that d2Cache's settings stand for. */
final class SeedSpec {
  private final Settings settings;
  private final Subject subject;

  /** Reads settings that already stand over d2Cache's defaults. */
  private SeedSpec(Settings settings, Subject subject) {
    this.settings = settings;
    this.subject = subject;
  }

  /** The spec of what was given, over {@link SeedDefaults}. */
  static DecodingSpec of(Settings given, Subject subject) {
    return new SeedSpec(new SeedDefaults(given, subject).applied(), subject).spec();
  }

  private DecodingSpec spec() {
    var spec = DecodingSpec.newBuilder();
    settings.integer("generation.gen_length").ifPresent(spec::setGenerationLength);
    settings.integer("generation.block_length").ifPresent(spec::setBlockLength);
    spec.setCompatibility(compatibility());
    new SeedUnmask(settings, subject.kind()).apply(spec);
    new SeedCache(settings).apply(spec);
    settings
        .text("generation.alg")
        .map(Words::confidence)
        .filter(confidence -> confidence != Confidence.CONFIDENCE_MAX_PROBABILITY)
        .ifPresent(spec::setConfidence);
    settings
        .number("generation.sigma")
        .filter(sigma -> sigma > 0)
        .ifPresent(spec::setCertaintyPriorSigma);
    spec.setSampling(sampling());
    spec.setEndOfSequenceRule(
        settings.isTrue("generation.stop_until_eos")
            ? EndOfSequenceRule.END_OF_SEQUENCE_RULE_STOP
            : EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL);
    return spec.build();
  }

  private Compatibility compatibility() {
    if (subject.kind().isBlockCausal()) {
      return Words.compatibility(settings).orElse(Compatibility.COMPATIBILITY_UNMASK);
    }
    return Words.compatibility(settings)
        .orElse(
            settings.text("cache").filter("sparse"::equals).isPresent()
                ? Compatibility.COMPATIBILITY_SPARSE_DLLM
                : Compatibility.COMPATIBILITY_D2CACHE);
  }

  private Sampling sampling() {
    var sampling = Sampling.newBuilder();
    settings.number("generation.temperature").ifPresent(sampling::setTemperature);
    settings.number("generation.top_p").ifPresent(sampling::setTopP);
    settings.integer("generation.top_k").filter(tokens -> tokens > 0).ifPresent(sampling::setTopK);
    settings.longInteger("seed").ifPresent(sampling::setSeed);
    return sampling.build();
  }
}
