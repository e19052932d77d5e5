package dev.unmask.worker.pages;

import dev.unmask.worker.pages.transfer.Miss;

/** What the cache-service said, or why it said nothing. */
public sealed interface Answer<T> {
  /** It answered. */
  record Got<T>(T value) implements Answer<T> {}

  /** It did not. */
  record None<T>(Miss reason) implements Answer<T> {}
}
