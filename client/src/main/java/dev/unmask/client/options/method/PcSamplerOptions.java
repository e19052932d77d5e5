package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of PC-Sampler. */
final class PcSamplerOptions {
  @Option(
      names = "--pc-tokens",
      paramLabel = "N",
      description = "--pc-sampler: tokens a step (default: 1)")
  private Optional<Integer> tokens = Optional.empty();

  @Option(
      names = "--clip-alpha",
      paramLabel = "A",
      description = "--pc-sampler: largest score, in nats (default: 10)")
  private Optional<Double> clipAlpha = Optional.empty();

  @Option(names = "--no-debias", description = "--pc-sampler: common words count as much as rare")
  private boolean noDebias;

  void apply(DecodingSpec.Builder spec, Placement placement) {
    placement.set(
        tokens,
        spec.hasPcSampler(),
        "--pc-tokens belongs to --pc-sampler",
        value -> spec.getPcSamplerBuilder().setTokensPerStep(value));
    placement.set(
        clipAlpha,
        spec.hasPcSampler(),
        "--clip-alpha belongs to --pc-sampler",
        value -> spec.getPcSamplerBuilder().setClipAlpha(value));
    if (noDebias) {
      placement.require(spec.hasPcSampler(), "--no-debias belongs to --pc-sampler");
      spec.getPcSamplerBuilder().setDebias(false);
    }
  }
}
