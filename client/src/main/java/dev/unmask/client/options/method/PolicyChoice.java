package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.LeftToRight;
import dev.unmask.type.v1.PcSampler;
import dev.unmask.type.v1.Wino;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which masks become tokens after a step: at most one of these options. */
final class PolicyChoice {
  @Option(
      names = "--threshold",
      paramLabel = "P",
      description = "every token at least this sure (the default, with 0.9)")
  private Optional<Double> threshold = Optional.empty();

  @Option(
      names = "--factor",
      paramLabel = "F",
      description = "as many tokens as their joint confidence allows")
  private Optional<Double> factor = Optional.empty();

  @Option(
      names = "--entropy-bound",
      paramLabel = "G",
      description = "as many tokens as their joint entropy allows, in nats")
  private Optional<Double> entropyBound = Optional.empty();

  @Option(
      names = "--klass",
      paramLabel = "KL",
      description = "sure tokens whose distribution moves by less than KL nats a step")
  private Optional<Double> klass = Optional.empty();

  @Option(
      names = "--wino",
      description = "many tokens, those that fail a second look taken back; needs --cache none")
  private boolean wino;

  @Option(names = "--pc-sampler", description = "tokens that say the most, common words last")
  private boolean pcSampler;

  @Option(names = "--left-to-right", description = "the masks that follow the known tokens")
  private boolean leftToRight;

  @Option(
      names = "--origin-steps",
      paramLabel = "N",
      description = "every mask by its own coin, in N steps of diffusion time")
  private Optional<Integer> originSteps = Optional.empty();

  @Option(names = "--steps", paramLabel = "N", description = "an even share in each of N steps")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--tokens-per-step", paramLabel = "N", description = "N tokens in every step")
  private Optional<Integer> tokensPerStep = Optional.empty();

  @Option(
      names = "--time-steps",
      paramLabel = "N",
      description = "N steps evenly spaced in diffusion time")
  private Optional<Integer> timeSteps = Optional.empty();

  /** Sets the chosen policy. */
  void apply(DecodingSpec.Builder spec) {
    threshold.ifPresent(value -> spec.getThresholdBuilder().setThreshold(value));
    factor.ifPresent(value -> spec.getFactorBuilder().setFactor(value));
    entropyBound.ifPresent(value -> spec.getEntropyBoundBuilder().setGamma(value));
    klass.ifPresent(value -> spec.getKlassBuilder().setKlThreshold(value));
    if (wino) {
      spec.setWino(Wino.getDefaultInstance());
    }
    if (pcSampler) {
      spec.setPcSampler(PcSampler.getDefaultInstance());
    }
    if (leftToRight) {
      spec.setLeftToRight(LeftToRight.getDefaultInstance());
    }
    originSteps.ifPresent(value -> spec.getOriginBuilder().setSteps(value));
    steps.ifPresent(value -> spec.getFixedScheduleBuilder().setSteps(value));
    tokensPerStep.ifPresent(value -> spec.getFixedScheduleBuilder().setTokensPerStep(value));
    timeSteps.ifPresent(value -> spec.getFixedScheduleBuilder().getTimeBuilder().setSteps(value));
  }
}
