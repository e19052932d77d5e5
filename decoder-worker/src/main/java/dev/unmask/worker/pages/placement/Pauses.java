package dev.unmask.worker.pages.placement;

import dev.unmask.contract.Limits;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@link Pause} for every instance, and one for when none can be reached. Remembers the latest
 * {@link Limits#CACHE_INSTANCES} instances. Safe for several threads.
 */
public final class Pauses {
  private final InstantSource clock;
  private final Pause unreached;
  private final Map<String, Pause> instances =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pause> eldest) {
          return size() > Limits.CACHE_INSTANCES;
        }
      };

  /** No pauses at first. */
  public Pauses(InstantSource clock) {
    this.clock = clock;
    unreached = new Pause(clock);
  }

  /** That of one instance. */
  synchronized Pause of(String instance) {
    return instances.computeIfAbsent(instance, _ -> new Pause(clock));
  }

  /** That of all, while none can be reached. */
  public Pause unreached() {
    return unreached;
  }
}
