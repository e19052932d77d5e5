package dev.unmask.worker.method;

/** What an end-of-sequence token does to the rest of the canvas. */
public enum EndOfSequenceRule {
  /** Every position is decoded, as published. */
  DECODE_ALL,
  /**
   * Only masks left of the first end-of-sequence token are decoded; those right of it may stay
   * (d2Cache stop_until_eos).
   */
  STOP
}
