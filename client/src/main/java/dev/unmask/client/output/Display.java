package dev.unmask.client.output;

import dev.unmask.client.Answer;
import dev.unmask.generation.v1.GenerateResponse;

/** Shows one generation. For one thread, except that any may {@link #close} it. */
public sealed interface Display extends AutoCloseable
    permits CanvasDisplay, TextDisplay, JsonDisplay {
  /** The next event. */
  void show(GenerateResponse event);

  /** The generation is over. */
  void finish(Answer answer);

  /** Leaves the terminal as it should be, whatever happened. */
  @Override
  default void close() {}
}
