package dev.unmask.client.options;

import dev.unmask.client.options.method.Placement;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Classifier-free guidance. */
final class GuidanceOptions {
  @Option(
      names = "--guidance",
      paramLabel = "S",
      description = "scale of classifier-free guidance; needs --cache none or dllm")
  private Optional<Double> scale = Optional.empty();

  @Option(
      names = "--guidance-interval",
      paramLabel = "N",
      description = "--cache dllm: compute the unconditional half every N steps (default: 1)")
  private Optional<Integer> interval = Optional.empty();

  /** Sets what was given. */
  void apply(DecodingSpec.Builder spec, Placement placement) {
    scale.ifPresent(value -> spec.getGuidanceBuilder().setScale(value));
    placement.set(
        interval,
        spec.hasGuidance(),
        "--guidance-interval belongs to --guidance",
        steps -> spec.getGuidanceBuilder().setInterval(steps));
  }
}
