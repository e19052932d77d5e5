package dev.unmask.worker.engine;

import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Step;

/** A model with the memory of one request. For the engine's thread only. */
public interface RequestState extends Denoiser, AutoCloseable {
  /** What a step would take of a forward now. */
  Cost cost(Step step);

  /** Frees the device's memory; the run of the pool is its owner's to give back. */
  @Override
  void close();
}
