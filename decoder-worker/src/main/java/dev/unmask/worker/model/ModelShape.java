package dev.unmask.worker.model;

import dev.unmask.contract.Limits;
import dev.unmask.worker.model.files.CheckpointException;

/**
 * Sizes of a transformer.
 *
 * @param layers transformer layers
 * @param hidden elements of a hidden state
 * @param heads query heads
 * @param kvHeads key/value heads; each is shared by heads / kvHeads query heads
 * @param headSize elements of a head, even
 * @param mlp inner width of the gated MLP
 * @param vocabulary rows of the embedding and of the head
 * @param contextLength most positions of a canvas
 * @param ropeTheta base of the rotary embedding
 * @param epsilon of the norms
 * @param qkvBias whether query, key and value projections have biases
 * @param qkNorm whether queries and keys are normalized head by head (Qwen3)
 * @param tiedHead whether the head is the embedding
 */
public record ModelShape(
    int layers,
    int hidden,
    int heads,
    int kvHeads,
    int headSize,
    int mlp,
    int vocabulary,
    int contextLength,
    double ropeTheta,
    double epsilon,
    boolean qkvBias,
    boolean qkNorm,
    boolean tiedHead) {
  public ModelShape {
    bounded("layers", layers, Limits.LAYERS);
    bounded("hidden size", hidden, Limits.MODEL_SIZE);
    bounded("width of queries", (long) heads * headSize, Limits.MODEL_SIZE);
    bounded("width of keys", (long) kvHeads * headSize, Limits.MODEL_SIZE);
    bounded("width of the MLP", mlp, Limits.MODEL_SIZE);
    bounded("vocabulary", vocabulary, Limits.MODEL_SIZE);
    bounded("context", contextLength, Limits.MODEL_SIZE);
    if (headSize % 2 != 0 || heads % kvHeads != 0) {
      throw new CheckpointException(
          "heads of %d elements, %d heads and %d key/value heads do not divide evenly"
              .formatted(headSize, heads, kvHeads));
    }
  }

  /** Whose heads share the hidden size evenly, without norms of their own. */
  public ModelShape(
      int layers,
      int hidden,
      int heads,
      int kvHeads,
      int mlp,
      int vocabulary,
      int contextLength,
      double ropeTheta,
      double epsilon,
      boolean qkvBias,
      boolean tiedHead) {
    this(
        layers,
        hidden,
        heads,
        kvHeads,
        share(hidden, heads),
        mlp,
        vocabulary,
        contextLength,
        ropeTheta,
        epsilon,
        qkvBias,
        false,
        tiedHead);
  }

  private static void bounded(String what, long size, int most) {
    if (size < 1 || size > most) {
      throw new CheckpointException(
          "the %s must be in [1, %d], was %d".formatted(what, most, size));
    }
  }

  private static int share(int hidden, int heads) {
    if (hidden % heads != 0) {
      throw new CheckpointException(
          "hidden size %d and %d heads do not divide evenly".formatted(hidden, heads));
    }
    return hidden / heads;
  }
}
