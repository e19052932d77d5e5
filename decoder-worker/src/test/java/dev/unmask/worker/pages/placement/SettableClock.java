package dev.unmask.worker.pages.placement;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that goes when told. */
public final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.EPOCH;

  @Override
  public Instant instant() {
    return now;
  }

  /** Later by so much. */
  public void advance(Duration time) {
    now = now.plus(time);
  }
}
