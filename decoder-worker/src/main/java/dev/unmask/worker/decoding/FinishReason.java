package dev.unmask.worker.decoding;

/** Why a canvas is done. */
public enum FinishReason {
  /** An end-of-sequence token is among the generated ones, and everything left of it is known. */
  END_OF_SEQUENCE,
  /** Every position is known and none ends the sequence. */
  LENGTH
}
