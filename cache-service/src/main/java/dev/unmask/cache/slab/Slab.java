package dev.unmask.cache.slab;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.store.Outcome;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;

/**
 * Slots of one size and who has them. A slot is free, reserved (one draft writes it), or full; a
 * full one may be pinned by readers, and only a full one that nobody pins is ever evicted. Safe for
 * several threads: one short lock guards the states, never a copy of a page.
 *
 * <pre>
 *   free --reserve--> reserved --publish--> full --(evicted by reserve)--> reserved
 *     ^------release-----'
 * </pre>
 */
final class Slab {
  private final int number;
  private final SlotClass shape;
  private final MemorySegment pages;
  private final SlotHeaders headers;
  private final PageIndex index;
  private final Eviction eviction;
  private final ReentrantLock lock = new ReentrantLock();
  private final int[] pins;
  private final int[] free;
  private int freeSlots;
  private long evictions;

  /** All slots are taken until {@link #restore} has looked at them. */
  Slab(int number, SlotClass shape, Memory memory, PageIndex index, Eviction eviction) {
    this.number = number;
    this.shape = shape;
    this.pages = memory.pages();
    this.headers = new SlotHeaders(memory.headers());
    this.index = index;
    this.eviction = eviction;
    this.pins = new int[shape.slots()];
    this.free = new int[shape.slots()];
  }

  /** The two mapped files of a slab. */
  record Memory(MemorySegment pages, MemorySegment headers) {
    void force() {
      pages.force();
      headers.force();
    }
  }

  private record Found(int slot, SlotHeader header) {}

  /**
   * Puts what the slots hold into the index, oldest write first, and frees the others.
   *
   * @param verify whether to read every page and drop the damaged ones
   * @return the highest generation found
   */
  long restore(boolean verify) {
    var found = new ArrayList<Found>();
    for (int slot = shape.slots() - 1; slot >= 0; slot--) {
      int here = slot;
      headers
          .read(slot)
          .filter(header -> sound(here, header, verify))
          .ifPresentOrElse(header -> found.add(new Found(here, header)), () -> free(here));
    }
    found.sort(Comparator.comparingLong(entry -> entry.header().generation()));
    found.forEach(this::adopt);
    return found.isEmpty() ? 0 : found.getLast().header().generation();
  }

  /**
   * Room for a record, made by evicting one if need be; empty if all slots are in use right now.
   */
  OptionalInt reserve() {
    lock.lock();
    try {
      return freeSlots > 0 ? OptionalInt.of(free[--freeSlots]) : evict();
    } finally {
      lock.unlock();
    }
  }

  /** Makes a reserved slot full, unless its key is in the index already; then frees it. */
  Outcome publish(int slot, SlotHeader header) {
    lock.lock();
    try {
      if (!index.putIfAbsent(header.key(), locate(slot, header))) {
        free(slot);
        return Outcome.PRESENT;
      }
      headers.write(slot, header);
      eviction.used(slot);
      return Outcome.STORED;
    } finally {
      lock.unlock();
    }
  }

  /** Frees a reserved slot. */
  void release(int slot) {
    lock.lock();
    try {
      free(slot);
    } finally {
      lock.unlock();
    }
  }

  /** Marks a record as used; false if it is gone. */
  boolean touch(Location location) {
    lock.lock();
    try {
      boolean there = headers.holds(location.slot(), location.generation());
      if (there && pins[location.slot()] == 0) {
        eviction.used(location.slot());
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps a record where it is until {@link #unpin}; false if it is gone. */
  boolean pin(Location location) {
    lock.lock();
    try {
      boolean there = headers.holds(location.slot(), location.generation());
      if (there) {
        pins[location.slot()]++;
        eviction.kept(location.slot());
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  void unpin(int slot) {
    lock.lock();
    try {
      if (--pins[slot] == 0) {
        eviction.used(slot);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The first {@code length} bytes of a slot, for whoever has reserved or pinned it. */
  ByteBuffer bytes(int slot, int length) {
    return pages.asSlice((long) slot * shape.slotBytes(), length).asByteBuffer();
  }

  SlotUse use() {
    lock.lock();
    try {
      return new SlotUse(shape, shape.slots() - freeSlots, evictions);
    } finally {
      lock.unlock();
    }
  }

  /** CRC32C of a whole buffer. */
  static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().clear());
    return (int) crc.getValue();
  }

  private OptionalInt evict() {
    var victim = eviction.victim();
    victim.ifPresent(slot -> {
      headers.read(slot).ifPresent(header -> index.remove(header.key()));
      headers.clear(slot);
      eviction.kept(slot);
      evictions++;
    });
    return victim;
  }

  private void adopt(Found entry) {
    if (index.putIfAbsent(entry.header().key(), locate(entry.slot(), entry.header()))) {
      eviction.used(entry.slot());
    } else {
      free(entry.slot());
    }
  }

  private Location locate(int slot, SlotHeader header) {
    return new Location(number, slot, header.length(), header.generation());
  }

  private boolean sound(int slot, SlotHeader header, boolean verify) {
    int length = header.length();
    return length >= 1
        && length <= shape.slotBytes()
        && (!verify || checksum(bytes(slot, length)) == header.checksum());
  }

  private void free(int slot) {
    headers.clear(slot);
    free[freeSlots++] = slot;
  }
}
