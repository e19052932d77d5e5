package dev.unmask.worker.pages.placement;

import dev.unmask.contract.Limits;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link Pause} for every instance, and one for when none can be reached. An instance that was
 * away and is connected again begins without one; while none can be reached calls fail at once, so
 * that a short pause is enough. Remembers the latest {@link Limits#CACHE_INSTANCES} instances. Safe
 * for several threads.
 */
public final class Pauses {
  private final InstantSource clock;
  private final Pause unreached;
  private final Map<String, Known> instances =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > Limits.CACHE_INSTANCES;
        }
      };

  private record Known(int connection, Pause pause) {}

  /** No pauses at first. */
  public Pauses(InstantSource clock) {
    this.clock = clock;
    unreached = new Pause(clock, Limits.CACHE_RECONNECT_TIME);
  }

  /**
   * That of one instance.
   *
   * @param connection number of its connection, rising
   */
  synchronized Pause of(String instance, int connection) {
    var known = instances.get(instance);
    if (known == null || known.connection() != connection) {
      known = new Known(connection, new Pause(clock));
      instances.put(instance, known);
    }
    return known.pause();
  }

  /** Whether some instance has none now, as far as instances are known. */
  public synchronized boolean open() {
    return !unreached.on()
        && (instances.isEmpty()
            || instances.values().stream().anyMatch(known -> !known.pause().on()));
  }

  /** That of all, while none can be reached. */
  public Pause unreached() {
    return unreached;
  }
}
