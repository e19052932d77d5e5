package dev.unmask.worker.decoding;

/**
 * A model with the state of one request: computes rows and predicts tokens. Used by one thread at a
 * time.
 */
public interface Denoiser {
  /** Makes one model forward. */
  Predictions step(Step step);
}
