package dev.unmask.worker.model;

/**
 * Sizes of a transformer.
 *
 * @param layers transformer layers
 * @param hidden elements of a hidden state
 * @param heads query heads
 * @param kvHeads key/value heads; each is shared by heads / kvHeads query heads
 * @param mlp inner width of the gated MLP
 * @param vocabulary rows of the embedding and of the head
 * @param contextLength most positions of a canvas
 * @param ropeTheta base of the rotary embedding
 * @param epsilon of the norms
 * @param qkvBias whether query, key and value projections have biases
 * @param tiedHead whether the head is the embedding
 */
public record ModelShape(
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
  public ModelShape {
    if (hidden % heads != 0 || hidden / heads % 2 != 0 || heads % kvHeads != 0) {
      throw new CheckpointException(
          "hidden size %d, %d heads and %d key/value heads do not divide evenly"
              .formatted(hidden, heads, kvHeads));
    }
  }

  /** Elements of a head. */
  public int headSize() {
    return hidden / heads;
  }
}
