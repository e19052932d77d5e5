package dev.unmask.worker.replay;

import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Denoiser;
import java.util.function.Function;

/** A model that traces are replayed on. Used by one thread. */
public interface ReplayModel extends AutoCloseable {
  /** What the decode loop must know of it. */
  ModelTraits traits();

  /**
   * Decodes one canvas.
   *
   * @param padding positions before the prompt that nobody attends to
   * @param promptLength positions of the prompt
   * @param method it is decoded with
   * @param decode uses a fresh denoiser, which dies when it returns
   */
  <R> R with(int padding, int promptLength, Method method, Function<Denoiser, R> decode);

  @Override
  default void close() {}
}
