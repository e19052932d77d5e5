package dev.unmask.worker.rows;

/**
 * A model with the state of one request: computes rows and predicts tokens. Used by one thread at a
 * time.
 */
public interface Denoiser {
  /** Makes one model forward. */
  Predictions step(Step step);

  /**
   * Positions each layer chose in the last step, in layers that had a choice: what moved the most,
   * or what was retained. For those who look into a mechanism.
   */
  default int[][] chosen() {
    return new int[0][];
  }
}
