package dev.unmask.client.options;

import dev.unmask.type.v1.Confidence;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a masked position's score is made of. */
final class ScoreOptions {
  /** What "sure of a token" means. */
  enum Certainty {
    PROBABILITY,
    MARGIN,
    ENTROPY,
    RANDOM
  }

  @Option(
      names = "--confidence",
      paramLabel = "KIND",
      description = "probability (the default), margin, entropy or random")
  private Optional<Certainty> confidence = Optional.empty();

  @Option(
      names = "--sigma",
      paramLabel = "S",
      description = "width of the certainty prior; goes with a schedule, e.g. --steps")
  private Optional<Double> sigma = Optional.empty();

  /** Sets what was given. */
  void apply(DecodingSpec.Builder spec) {
    confidence.map(ScoreOptions::of).ifPresent(spec::setConfidence);
    sigma.ifPresent(spec::setCertaintyPriorSigma);
  }

  private static Confidence of(Certainty certainty) {
    return switch (certainty) {
      case PROBABILITY -> Confidence.CONFIDENCE_MAX_PROBABILITY;
      case MARGIN -> Confidence.CONFIDENCE_MARGIN;
      case ENTROPY -> Confidence.CONFIDENCE_NEGATIVE_ENTROPY;
      case RANDOM -> Confidence.CONFIDENCE_RANDOM;
    };
  }
}
