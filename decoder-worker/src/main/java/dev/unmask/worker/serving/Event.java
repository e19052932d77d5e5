package dev.unmask.worker.serving;

import dev.unmask.worker.decoding.StepOutcome;

/** What happens to one request, in order: opened, then the rest, and closed unless it failed. */
public sealed interface Event {
  /**
   * The request has a slot.
   *
   * @param promptTokens of the canvas
   */
  record Opened(int promptTokens) implements Event {}

  /**
   * A block is about to be decoded.
   *
   * @param block its number, from 0
   * @param step the next step's number, from 0
   * @param canvas all tokens, masks as the mask token
   */
  record AtCheckpoint(int block, int step, int[] canvas) implements Event {}

  /** A step was made. */
  record Stepped(StepOutcome outcome) implements Event {}

  /**
   * Text became final.
   *
   * @param text to append
   * @param endPosition first canvas position that is not committed yet
   */
  record Committed(String text, int endPosition) implements Event {}

  /** The request is over. */
  record Closed(EndReason reason, Tally tally) implements Event {}

  /** Why a request ended. */
  enum EndReason {
    /** An end-of-sequence or end-of-turn token. */
    END_OF_SEQUENCE,
    /** The canvas is full. */
    LENGTH,
    /** A stop string. */
    STOP_STRING,
    /** However it ended, some tokens went in sooner than the method would have chosen them. */
    DEADLINE
  }
}
