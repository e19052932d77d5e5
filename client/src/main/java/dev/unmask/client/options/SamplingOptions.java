package dev.unmask.client.options;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Sampling;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How a token is drawn from its distribution. */
final class SamplingOptions {
  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0, the default, takes the most probable token")
  private Optional<Double> temperature = Optional.empty();

  @Option(names = "--top-p", paramLabel = "P", description = "the fewest tokens that sum to P")
  private Optional<Double> topP = Optional.empty();

  @Option(names = "--top-k", paramLabel = "K", description = "the K most probable tokens")
  private Optional<Integer> topK = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "same seed, same tokens")
  private Optional<Long> seed = Optional.empty();

  /** Sets what was given. */
  void apply(DecodingSpec.Builder spec) {
    var sampling = Sampling.newBuilder();
    temperature.ifPresent(sampling::setTemperature);
    topP.ifPresent(sampling::setTopP);
    topK.ifPresent(sampling::setTopK);
    seed.ifPresent(sampling::setSeed);
    if (!sampling.build().equals(Sampling.getDefaultInstance())) {
      spec.setSampling(sampling);
    }
  }
}
