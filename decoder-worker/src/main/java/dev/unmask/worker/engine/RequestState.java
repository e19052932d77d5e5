package dev.unmask.worker.engine;

import dev.unmask.worker.rows.Denoiser;

/** A model with the memory of one request. For the engine's thread only. */
public sealed interface RequestState extends Denoiser, AutoCloseable
    permits ModelState, GuidedState {
  /** Frees the device's memory. */
  @Override
  void close();
}
