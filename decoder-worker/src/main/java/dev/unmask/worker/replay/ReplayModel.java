package dev.unmask.worker.replay;

import dev.unmask.worker.decoding.Denoiser;
import dev.unmask.worker.decoding.ModelTraits;
import java.util.function.Function;

/** A model that traces are replayed on. Used by one thread. */
public interface ReplayModel extends AutoCloseable {
  /** What the decode loop must know of it. */
  ModelTraits traits();

  /**
   * Decodes one canvas.
   *
   * @param length positions of the canvas
   * @param decode uses a fresh denoiser, which dies when it returns
   */
  <R> R with(int length, Function<Denoiser, R> decode);

  @Override
  default void close() {}
}
