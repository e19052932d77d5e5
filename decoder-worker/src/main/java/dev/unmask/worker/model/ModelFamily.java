package dev.unmask.worker.model;

/**
 * A family of masked diffusion models: which fields its configuration has, how its tensors are
 * called and where its forward differs from the others'. Values; safe to share among threads.
 */
public sealed interface ModelFamily permits Llada, Dream {
  /**
   * The family a configuration names.
   *
   * @throws CheckpointException if it is none of ours
   */
  static ModelFamily of(ModelConfig config) {
    return switch (config.text("model_type")) {
      case "llada" -> new Llada();
      case "Dream" -> new Dream();
      default ->
          throw config.refusal(
              "model_type="
                  + config.text("model_type")
                  + " is not supported, only llada and Dream");
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

  /** Row i predicts position i + this. */
  int predictionShift();

  /** Whether queries and keys are rotated in float32 whatever the forward computes in. */
  boolean rotatesInFloat32();
}
