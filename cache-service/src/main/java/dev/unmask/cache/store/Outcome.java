package dev.unmask.cache.store;

/** What became of a record offered to the store. */
public enum Outcome {
  /** It is new in the store. */
  STORED,
  /** Its key was there already; the old record is kept. */
  PRESENT,
  /** It does not fit any slot, is damaged, all its slots are in use, or the disk is full. */
  REFUSED,
  /** Its namespace may not hold more, and can give nothing up for it. */
  OVER_QUOTA
}
