package dev.unmask.cache.config;

import dev.unmask.cache.slab.SlotClass;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Everything a person can set of the page store.
 *
 * @param directory where the slabs lie; one process at a time
 * @param slabs sizes and numbers of slots, at least one, no two of one size
 * @param retention what is given up, and when
 */
public record CacheSettings(Path directory, List<SlotClass> slabs, Retention retention) {
  /**
   * 512 MiB on disk once full. A slot holds a payload of a power of two and its header: pages of 16
   * KiB (mini dream), 64 KiB (mini llada), 512 KiB (LLaDA-8B); predictions of 128 KiB and more.
   */
  public static final List<SlotClass> DEFAULT_SLABS =
      List.of(
          sized(20 << 10, 64L << 20),
          sized(68 << 10, 192L << 20),
          sized(132 << 10, 48L << 20),
          sized(260 << 10, 48L << 20),
          sized(516 << 10, 96L << 20),
          sized(4100 << 10, 64L << 20));

  public CacheSettings {
    slabs = List.copyOf(slabs);
    if (slabs.isEmpty()) {
      throw new IllegalArgumentException("unmask.cache.slabs must name at least one slab");
    }
    var sizes = slabs.stream().map(SlotClass::slotBytes).collect(Collectors.toSet());
    if (sizes.size() < slabs.size()) {
      throw new IllegalArgumentException("unmask.cache.slabs must differ in slot-bytes");
    }
  }

  /**
   * Slots of one size within a budget.
   *
   * @throws IllegalArgumentException if the budget holds no slot
   */
  static SlotClass sized(int slotBytes, long capacityBytes) {
    return new SlotClass(slotBytes, Math.toIntExact(capacityBytes / Math.max(1, slotBytes)));
  }
}
