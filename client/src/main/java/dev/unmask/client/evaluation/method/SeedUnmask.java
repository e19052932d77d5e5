package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.EntropyBound;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Klass;
import dev.unmask.type.v1.LeftToRight;
import dev.unmask.type.v1.PcSampler;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TimeSchedule;
import dev.unmask.type.v1.Wino;

/** The unmask policy that d2Cache's {@code generation} settings stand for. */
final class SeedUnmask {
  private final Settings settings;
  private final ModelKind kind;
  private final int tokens;

  SeedUnmask(Settings settings, ModelKind kind) {
    this.settings = settings;
    this.kind = kind;
    this.tokens = settings.integer("generation.num_transfer_tokens").orElse(1);
  }

  /** Sets the policy; the builder has its lengths and its compatibility. */
  void apply(DecodingSpec.Builder spec) {
    var strategy = settings.text("generation").orElse("vanilla");
    switch (strategy) {
      case "vanilla" -> vanilla(spec);
      case "ar" -> spec.setLeftToRight(leftToRight());
      case "klass" -> klass(spec);
      case "eb_sampler" -> spec.setEntropyBound(entropyBound());
      case "pc_sampler" -> spec.setPcSampler(pcSampler());
      case "wino" -> spec.setWino(wino());
      default -> throw new IllegalArgumentException("no strategy is called " + strategy);
    }
  }

  private void vanilla(DecodingSpec.Builder spec) {
    var threshold = settings.number("generation.threshold");
    var factor = settings.number("generation.factor");
    if (threshold.isPresent() && factor.isPresent()) {
      throw new IllegalArgumentException(
          "generation.threshold and generation.factor: give one of them, null to the other");
    }
    if (threshold.isPresent()) {
      spec.setThreshold(
          Threshold.newBuilder().setThreshold(threshold.get()).setMinTokensPerStep(tokens));
    } else if (factor.isPresent()) {
      spec.setFactor(Factor.newBuilder().setFactor(factor.get()).setMinTokensPerStep(tokens));
    } else {
      spec.setFixedSchedule(schedule(spec));
    }
  }

  /** Sparse-dLLM plans steps, on Dream in diffusion time; d2Cache counts tokens. */
  private FixedSchedule schedule(DecodingSpec.Builder spec) {
    if (spec.getCompatibility() != Compatibility.COMPATIBILITY_SPARSE_DLLM) {
      return FixedSchedule.newBuilder().setTokensPerStep(tokens).build();
    }
    int steps = spec.getGenerationLength() / tokens;
    return kind.isDream()
        ? FixedSchedule.newBuilder().setTime(TimeSchedule.newBuilder().setSteps(steps)).build()
        : FixedSchedule.newBuilder().setSteps(steps).build();
  }

  private LeftToRight leftToRight() {
    var policy = LeftToRight.newBuilder().setMinTokensPerStep(tokens);
    settings.number("generation.threshold").ifPresent(policy::setThreshold);
    return policy.build();
  }

  /**
   * With d2Cache's own default, no threshold, nothing stable is ever committed and klass is
   * vanilla. A threshold that is not given is the server's default here; an explicit {@code null}
   * is vanilla.
   */
  private void klass(DecodingSpec.Builder spec) {
    if (settings.isNull("generation.threshold")) {
      spec.setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(tokens));
      return;
    }
    var policy = Klass.newBuilder().setMinTokensPerStep(tokens);
    settings.number("generation.threshold").ifPresent(policy::setThreshold);
    settings.number("generation.kl_threshold").ifPresent(policy::setKlThreshold);
    settings.integer("generation.kl_history_length").ifPresent(policy::setKlHistoryLength);
    spec.setKlass(policy);
  }

  private EntropyBound entropyBound() {
    var policy = EntropyBound.newBuilder().setMinTokensPerStep(tokens);
    settings.number("generation.gamma").ifPresent(policy::setGamma);
    return policy.build();
  }

  private PcSampler pcSampler() {
    var policy = PcSampler.newBuilder().setTokensPerStep(tokens);
    settings.text("generation.debias").map("true"::equals).ifPresent(policy::setDebias);
    settings.number("generation.clip_alpha").ifPresent(policy::setClipAlpha);
    return policy.build();
  }

  private Wino wino() {
    var policy = Wino.newBuilder().setMinTokensPerStep(tokens);
    settings.number("generation.wide_in_thres").ifPresent(policy::setWideInThres);
    settings.number("generation.narrow_out_thres").ifPresent(policy::setNarrowOutThres);
    return policy.build();
  }
}
