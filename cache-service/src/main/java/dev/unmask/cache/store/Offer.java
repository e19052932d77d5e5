package dev.unmask.cache.store;

/** The store's answer to a record it is offered. */
public sealed interface Offer {
  /** Write it here. */
  record Accepted(Draft draft) implements Offer {}

  /** No need to send it. */
  record Declined(Outcome outcome) implements Offer {}
}
