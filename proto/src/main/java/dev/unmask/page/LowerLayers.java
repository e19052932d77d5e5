package dev.unmask.page;

/**
 * The layers of a model below one, fewer than all: what of a prefix's state may go from one request
 * to another although the model attends to what follows it.
 *
 * @param depth how many, from layer 0
 * @param layers that the model has
 */
public record LowerLayers(int depth, int layers) {
  /** Refuses none, and all. */
  public LowerLayers {
    if (depth < 1 || depth >= layers) {
      throw new IllegalArgumentException(
          "depth must be 1 to %d of %d layers, not %d".formatted(layers - 1, layers, depth));
    }
  }
}
