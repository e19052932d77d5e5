package dev.unmask.tracing;

import io.opentelemetry.api.trace.Span;

/** What a service adds to the span of a call. Never what a prompt or an answer says. */
public interface CallNotes {
  /** Adds nothing. */
  CallNotes NONE = new CallNotes() {};

  /** A message came. */
  default void asked(Object message, Span span) {}

  /** A message is told. */
  default void told(Object message, Span span) {}
}
