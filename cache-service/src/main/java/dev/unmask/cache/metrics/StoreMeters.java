package dev.unmask.cache.metrics;

import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotUse;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.cache.store.StoreCounts.Snapshot;
import dev.unmask.metrics.Metrics;
import java.util.function.ToLongFunction;

/** The meters of what the store holds, and of what is read and written. */
public record StoreMeters(Metrics metrics, SlabStore store, StoreCounts counts) {
  /** Defines them. */
  public static void define(Metrics metrics, SlabStore store, StoreCounts counts) {
    var meters = new StoreMeters(metrics, store, counts);
    for (int slab = 0; slab < store.use().size(); slab++) {
      meters.slab(slab);
    }
    meters.lookups();
    meters.writes();
  }

  private void slab(int slab) {
    var shape = store.use().get(slab).shape();
    var tag = String.valueOf(shape.slotBytes());
    metrics.gauge(
        "unmask_cache_pages",
        "Pages stored or being written.",
        () -> use(slab).used(),
        "slot_bytes",
        tag);
    metrics.gauge(
        "unmask_cache_used_bytes",
        "Slots in use times their size.",
        () -> (long) use(slab).used() * shape.slotBytes(),
        "slot_bytes",
        tag);
    metrics.gauge("unmask_cache_capacity_bytes", "All slots.", shape::bytes, "slot_bytes", tag);
  }

  private void lookups() {
    count(
        "unmask_cache_lookups_total",
        "Look-ups and reads of pages.",
        Snapshot::found,
        "result",
        "found");
    count(
        "unmask_cache_lookups_total",
        "Look-ups and reads of pages.",
        Snapshot::absent,
        "result",
        "absent");
    count("unmask_cache_read_bytes_total", "Pages handed to readers.", Snapshot::bytesRead);
    count(
        "unmask_cache_quarantined_pages_total",
        "Stored pages found damaged, and taken away.",
        Snapshot::quarantined);
  }

  private void writes() {
    written("stored", Snapshot::stored);
    written("present", Snapshot::present);
    written("refused", Snapshot::refused);
    count("unmask_cache_written_bytes_total", "New pages.", Snapshot::bytesStored);
  }

  private void written(String result, ToLongFunction<Snapshot> value) {
    count(
        "unmask_cache_writes_total", "Pages written, by what came of it.", value, "result", result);
  }

  private void count(String name, String meaning, ToLongFunction<Snapshot> value, String... tags) {
    metrics.count(name, meaning, () -> value.applyAsLong(counts.snapshot()), tags);
  }

  private SlotUse use(int slab) {
    return store.use().get(slab);
  }
}
