package dev.unmask.client.options;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Factor;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TimeSchedule;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which masks become tokens after a step: at most one of these options. */
final class UnmaskOptions {
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

  @Option(names = "--steps", paramLabel = "N", description = "an even share in each of N steps")
  private Optional<Integer> steps = Optional.empty();

  @Option(names = "--tokens-per-step", paramLabel = "N", description = "N tokens in every step")
  private Optional<Integer> tokensPerStep = Optional.empty();

  @Option(
      names = "--time-steps",
      paramLabel = "N",
      description = "N steps evenly spaced in diffusion time")
  private Optional<Integer> timeSteps = Optional.empty();

  /** Sets the chosen policy; {@code leastTokens} is what threshold and factor commit at least. */
  void apply(DecodingSpec.Builder spec, Optional<Integer> leastTokens, Optional<Double> epsilon) {
    threshold.ifPresent(value -> spec.setThreshold(Threshold.newBuilder().setThreshold(value)));
    factor.ifPresent(value -> spec.setFactor(Factor.newBuilder().setFactor(value)));
    steps.ifPresent(value -> spec.setFixedSchedule(FixedSchedule.newBuilder().setSteps(value)));
    tokensPerStep.ifPresent(
        value -> spec.setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(value)));
    timeSteps.ifPresent(value -> spec.setFixedSchedule(time(value, epsilon)));
    leastTokens.ifPresent(value -> atLeast(spec, value));
  }

  private static FixedSchedule time(int steps, Optional<Double> epsilon) {
    var time = TimeSchedule.newBuilder().setSteps(steps);
    epsilon.ifPresent(time::setEpsilon);
    return FixedSchedule.newBuilder().setTime(time).build();
  }

  private static void atLeast(DecodingSpec.Builder spec, int tokens) {
    if (spec.hasFactor()) {
      spec.getFactorBuilder().setMinTokensPerStep(tokens);
    } else if (!spec.hasFixedSchedule()) {
      spec.getThresholdBuilder().setMinTokensPerStep(tokens);
    }
  }
}
