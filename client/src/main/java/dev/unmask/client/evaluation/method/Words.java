package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Confidence;
import java.util.Optional;

/** What settings call the values of the contract's enums. */
final class Words {
  private Words() {}

  /** A confidence by the name d2Cache, Dream or LLaDA has for it. */
  static Confidence confidence(String word) {
    return switch (word) {
      case "maskgit_plus", "low_confidence", "confidence_threshold" ->
          Confidence.CONFIDENCE_MAX_PROBABILITY;
      case "topk_margin" -> Confidence.CONFIDENCE_MARGIN;
      case "entropy" -> Confidence.CONFIDENCE_NEGATIVE_ENTROPY;
      case "random" -> Confidence.CONFIDENCE_RANDOM;
      default -> throw new IllegalArgumentException("no confidence is called " + word);
    };
  }

  /** Whose behaviour to follow, when that was given: a setting of ours, and no seed's. */
  static Optional<Compatibility> compatibility(Settings settings) {
    return settings.text("compatibility").map(Words::compatibility);
  }

  private static Compatibility compatibility(String word) {
    return switch (word) {
      case "unmask" -> Compatibility.COMPATIBILITY_UNMASK;
      case "fast_dllm" -> Compatibility.COMPATIBILITY_FAST_DLLM;
      case "d2cache" -> Compatibility.COMPATIBILITY_D2CACHE;
      case "sparse_dllm" -> Compatibility.COMPATIBILITY_SPARSE_DLLM;
      case "fast_dllm_v2" -> Compatibility.COMPATIBILITY_FAST_DLLM_V2;
      case "sdar" -> Compatibility.COMPATIBILITY_SDAR;
      default -> throw new IllegalArgumentException("no compatibility is called " + word);
    };
  }
}
