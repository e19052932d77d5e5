package dev.unmask.client.evaluation.method;

import dev.unmask.type.v1.Confidence;

/** What the published projects call a confidence. */
final class Certainties {
  private Certainties() {}

  /** A confidence by the name d2Cache, Dream or LLaDA has for it. */
  static Confidence of(String word) {
    return switch (word) {
      case "maskgit_plus", "low_confidence", "confidence_threshold" ->
          Confidence.CONFIDENCE_MAX_PROBABILITY;
      case "topk_margin" -> Confidence.CONFIDENCE_MARGIN;
      case "entropy" -> Confidence.CONFIDENCE_NEGATIVE_ENTROPY;
      case "random" -> Confidence.CONFIDENCE_RANDOM;
      default -> throw new IllegalArgumentException("no confidence is called " + word);
    };
  }
}
