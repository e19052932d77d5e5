package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Dialect;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.DualCache;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.Guidance;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PrefixCache;
import dev.unmask.type.v1.Sampling;
import java.util.Optional;

/**
 * The decoding that the arguments of Fast-dLLM, LLaDA's generate.py and dLLM-Cache stand for. All
 * positions are decoded, as there.
 */
final class FlatSpec {
  private final Settings settings;
  private final Subject subject;

  private FlatSpec(Settings settings, Subject subject) {
    this.settings = settings;
    this.subject = subject;
  }

  /** The spec of what was given; what was not is as the evaluations of these projects have it. */
  static DecodingSpec of(Settings settings, Subject subject) {
    return new FlatSpec(settings, subject).spec();
  }

  private DecodingSpec spec() {
    var spec = DecodingSpec.newBuilder();
    cache(spec);
    int generation =
        oneOf("gen_length", "max_new_tokens")
            .orElseGet(() -> new SeedDefaults(Settings.none(), subject).generationLength());
    spec.setGenerationLength(generation);
    // Dream's own decoder, which Fast-dLLM's has become only where it has a cache, knows no blocks.
    boolean whole = subject.kind().isDream() && (spec.hasNoCache() || spec.hasDllmCache());
    int block = whole ? generation : Math.min(generation, SeedDefaults.SHORT_BLOCK);
    spec.setBlockLength(settings.integer("block_length").orElse(block));
    new FlatUnmask(settings, subject).apply(spec, oneOf("steps", "diffusion_steps"));
    guidance(spec);
    spec.setLogitsEosInf(settings.isTrue("logits_eos_inf"));
    spec.setConfidenceEosEotInf(settings.isTrue("confidence_eos_eot_inf"));
    spec.setSampling(sampling());
    spec.setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL);
    return spec.setCompatibility(compatibility(spec)).build();
  }

  private Optional<Integer> oneOf(String name, String otherName) {
    if (settings.hasValue(name) && settings.hasValue(otherName)) {
      throw new IllegalArgumentException(name + " and " + otherName + " mean the same: give one");
    }
    return settings.integer(name).or(() -> settings.integer(otherName));
  }

  private void cache(DecodingSpec.Builder spec) {
    boolean cached = settings.isTrue("use_cache");
    boolean dual = settings.isTrue("dual_cache");
    boolean intervals = settings.dialect() == Dialect.DLLM_CACHE;
    refuse(dual && !cached, "dual_cache=true has no meaning without use_cache=true");
    refuse(
        intervals && cached,
        "use_cache is Fast-dLLM's cache, prompt_interval_steps and its like are dLLM-Cache's:"
            + " give one");
    if (intervals) {
      spec.setDllmCache(dllm());
    } else if (dual) {
      spec.setDualCache(DualCache.getDefaultInstance());
    } else if (cached) {
      spec.setPrefixCache(PrefixCache.getDefaultInstance());
    } else {
      spec.setNoCache(NoCache.getDefaultInstance());
    }
  }

  private DllmCache dllm() {
    var defaults = Intervals.of(subject.task(), subject.kind());
    var policy =
        DllmCache.newBuilder()
            .setKp(
                SeedCache.interval(
                    settings.integer("prompt_interval_steps").orElse(defaults.prompt())))
            .setKr(
                SeedCache.interval(
                    settings.integer("gen_interval_steps").orElse(defaults.response())));
    settings.number("transfer_ratio").ifPresent(policy::setRou);
    return policy.build();
  }

  private void guidance(DecodingSpec.Builder spec) {
    var scale = settings.number("cfg_scale").filter(value -> value > 0);
    int interval = settings.integer("cfg_interval_steps").orElse(1);
    refuse(
        scale.isEmpty() && interval > 1,
        "cfg_interval_steps has no meaning without a cfg_scale above 0");
    scale.ifPresent(
        value -> spec.setGuidance(Guidance.newBuilder().setScale(value).setInterval(interval)));
  }

  private Sampling sampling() {
    var sampling = Sampling.newBuilder();
    settings.number("temperature").ifPresent(sampling::setTemperature);
    settings.number("top_p").ifPresent(sampling::setTopP);
    settings.integer("top_k").filter(tokens -> tokens > 0).ifPresent(sampling::setTopK);
    settings.longInteger("seed").ifPresent(sampling::setSeed);
    return sampling.build();
  }

  /** Guidance and suppressed ends are LLaDA's own, which ours follows; Fast-dLLM has neither. */
  private Compatibility compatibility(DecodingSpec.Builder spec) {
    boolean llada = spec.hasGuidance() || spec.getLogitsEosInf() || spec.getConfidenceEosEotInf();
    return Words.compatibility(settings)
        .orElse(
            llada || spec.hasDllmCache()
                ? Compatibility.COMPATIBILITY_UNMASK
                : Compatibility.COMPATIBILITY_FAST_DLLM);
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }
}
