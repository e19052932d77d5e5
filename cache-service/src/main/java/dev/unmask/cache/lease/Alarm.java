package dev.unmask.cache.lease;

import java.time.Duration;

/** Does something later, unless it is called off. */
@FunctionalInterface
public interface Alarm {
  /**
   * Sets it.
   *
   * @return calls it off; harmless once it is over
   */
  Runnable after(Duration time, Runnable action);
}
