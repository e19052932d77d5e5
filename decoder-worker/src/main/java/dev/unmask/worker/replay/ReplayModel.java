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
   * @param promptLength positions of the prompt
   * @param generationLength positions that follow
   * @param decode uses a fresh denoiser, which dies when it returns
   */
  <R> R with(int promptLength, int generationLength, Function<Denoiser, R> decode);

  @Override
  default void close() {}
}
