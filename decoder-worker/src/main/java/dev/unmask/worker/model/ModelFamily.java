package dev.unmask.worker.model;

import dev.unmask.worker.model.files.CheckpointException;
import java.util.OptionalInt;

/**
 * A family of masked diffusion models: which fields its configuration has, how its tensors are
 * called and where its forward differs from the others'. Values; safe to share among threads.
 */
public sealed interface ModelFamily permits Llada, QwenLayout {
  /**
   * The family a configuration names.
   *
   * @throws CheckpointException if it is none of ours
   */
  static ModelFamily of(ModelConfig config) {
    return switch (config.text("model_type")) {
      case "llada" -> new Llada();
      case "Dream" -> new Dream();
      case "Fast_dLLM_Qwen" -> new FastDllmV2();
      case "sdar" -> new Sdar();
      default ->
          throw config.refusal(
              "model_type="
                  + config.text("model_type")
                  + " is not supported, only llada, Dream, Fast_dLLM_Qwen and sdar");
    };
  }

  /** Sizes, from a configuration of this family; refuses what the forward cannot do. */
  ModelShape shape(ModelConfig config);

  /** Module of the token embedding. */
  String embedding();

  /** Module of the norm before the head. */
  String finalNorm();

  /** Module of the head, unless the shape says it is tied to the embedding. */
  String head();

  /** Modules of layer {@code index}, from 0. */
  LayerNames layer(int index);

  /** Id of the mask, below {@code vocabulary}. */
  default int maskToken(ModelConfig config, int vocabulary) {
    return config.token("mask_token_id", vocabulary);
  }

  /** Row i predicts position i + this. */
  int predictionShift();

  /** Positions a block if attention is block-causal; empty if it is full. */
  OptionalInt causalBlock(ModelConfig config);

  /** Whether queries and keys are rotated in float32 whatever the forward computes in. */
  boolean rotatesInFloat32();
}
