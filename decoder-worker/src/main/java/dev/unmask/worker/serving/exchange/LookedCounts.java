package dev.unmask.worker.serving.exchange;

import dev.unmask.type.v1.SharingMode;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What came of all look-ups since the start, by sharing mode. Safe for several threads. */
public final class LookedCounts {
  /** How states can be shared. */
  public static final List<SharingMode> MODES =
      List.of(
          SharingMode.SHARING_MODE_EXACT,
          SharingMode.SHARING_MODE_SHALLOW,
          SharingMode.SHARING_MODE_BLOCK_CAUSAL);

  private final Map<SharingMode, LongAdder> hit = zeros();
  private final Map<SharingMode, LongAdder> missed = zeros();

  /** Adds a look-up. */
  public void add(Looked looked) {
    hit.get(looked.mode()).add(looked.hit());
    missed.get(looked.mode()).add(looked.missed());
  }

  /** Pages that came and were used. Unit: pages. */
  public long hit(SharingMode mode) {
    return hit.get(mode).sum();
  }

  /** Pages that were asked for and computed instead. Unit: pages. */
  public long missed(SharingMode mode) {
    return missed.get(mode).sum();
  }

  private static Map<SharingMode, LongAdder> zeros() {
    var counters = new EnumMap<SharingMode, LongAdder>(SharingMode.class);
    for (var mode : SharingMode.values()) {
      counters.put(mode, new LongAdder());
    }
    return Collections.unmodifiableMap(counters);
  }
}
