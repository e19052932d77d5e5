package dev.unmask.worker.pages.transfer;

/** Why a state did not come from the cache-service. */
public enum Miss {
  /** A page is not there, or was gone by the time it was read. */
  ABSENT,
  /** A page is damaged, short, out of order or not the one asked for. */
  DAMAGED,
  /** The answer did not come in time. */
  LATE,
  /** The service cannot be reached, refused the call or broke off. */
  FAILED,
  /** The service failed a moment ago and was not asked. */
  PAUSED
}
