package dev.unmask.cache.slab;

import dev.unmask.cache.slab.files.SlabFile;
import dev.unmask.cache.slab.files.SlotHeader;
import dev.unmask.cache.slab.files.SlotHeaders;
import dev.unmask.cache.states.Place;
import dev.unmask.cache.states.Room;
import dev.unmask.page.PageKey;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Slots of one size. A slot is free, reserved (one draft writes it), or full; a full one may be
 * pinned by readers, and one that is given up while it is pinned is free when the last of them is
 * done. Called under the store's lock, but for {@link #bytes}, {@link #allocate} and {@link
 * #checksum}, which are for whoever has reserved or pinned the slot.
 *
 * <pre>
 *   free --take--> reserved --fill--> full --vacate--> (doomed --last unpin-->) free
 *     ^-------give back----'
 * </pre>
 */
final class Slab {
  private final int number;
  private final SlotClass shape;
  private final Memory memory;
  private final MemorySegment pages;
  private final SlotHeaders headers;
  private final int[] pins;
  private final BitSet doomed = new BitSet();

  /** Slots that have their blocks on disk. */
  private final BitSet allocated = new BitSet();

  /** Free slots: those with blocks are used first. */
  private final IntStack ready;

  private final IntStack untouched;

  /** All slots are taken until {@link #restore} has looked at them. */
  Slab(int number, SlotClass shape, Memory memory) {
    this.number = number;
    this.shape = shape;
    this.memory = memory;
    this.pages = memory.pages().memory();
    this.headers = new SlotHeaders(memory.headers().memory());
    this.pins = new int[shape.slots()];
    this.ready = new IntStack(shape.slots());
    this.untouched = new IntStack(shape.slots());
  }

  /** The two mapped files of a slab. */
  record Memory(SlabFile pages, SlabFile headers) implements AutoCloseable {
    void force() {
      pages.memory().force();
      headers.memory().force();
    }

    @Override
    public void close() {
      pages.close();
      headers.close();
    }
  }

  /** A full slot found at start. */
  record Found(Place place, SlotHeader header) {}

  /**
   * Says what the slots hold, and frees the others.
   *
   * @param verify whether to read every page and drop the damaged ones
   */
  List<Found> restore(boolean verify) {
    var found = new ArrayList<Found>();
    for (int slot = shape.slots() - 1; slot >= 0; slot--) {
      int here = slot;
      headers
          .read(slot)
          .filter(header -> sound(here, header, verify))
          .ifPresentOrElse(
              header -> {
                allocated.set(here);
                found.add(new Found(new Place(number, here), header));
              },
              () -> free(here));
    }
    return found;
  }

  /**
   * Reserves a free slot.
   *
   * @param allocatedOnly whether it must have its blocks on disk
   * @return empty if there is none
   */
  OptionalInt take(boolean allocatedOnly) {
    if (ready.size() > 0) {
      return OptionalInt.of(ready.pop());
    }
    return allocatedOnly || untouched.size() == 0
        ? OptionalInt.empty()
        : OptionalInt.of(untouched.pop());
  }

  /** The slots as the ledger sees them. */
  Room room(StoreRules rules) {
    long bytes = (long) (rules.watermarks().low() * shape.bytes());
    return new Room(shape.slotBytes(), shape.slots(), rules.eviction().open(bytes));
  }

  /** Frees a slot nobody pins. */
  void free(int slot) {
    headers.clear(slot);
    (allocated.get(slot) ? ready : untouched).push(slot);
  }

  /** Whether a slot has its blocks on disk. */
  boolean isAllocated(int slot) {
    return allocated.get(slot);
  }

  /** A reserved slot has its blocks on disk now. */
  void allocated(int slot) {
    allocated.set(slot);
  }

  /**
   * Takes a reserved slot's blocks from the disk.
   *
   * @throws IOException if the disk is full
   */
  void allocate(int slot) throws IOException {
    memory.pages().allocate((long) slot * shape.slotBytes(), shape.slotBytes());
  }

  /** Makes a reserved slot full. */
  void fill(int slot, SlotHeader header) {
    headers.write(slot, header);
  }

  /** Empties a full slot, and frees it once nobody pins it. */
  void vacate(int slot) {
    if (pins[slot] > 0) {
      headers.clear(slot);
      doomed.set(slot);
    } else {
      free(slot);
    }
  }

  /** Whether a record is still where the index says. */
  boolean holds(Location location) {
    return headers.holds(location.slot(), location.generation());
  }

  /** What a full slot is found by. */
  PageKey key(int slot) {
    return headers.key(slot);
  }

  /** Keeps a full slot as it is until {@link #unpin}. */
  void pin(int slot) {
    pins[slot]++;
  }

  void unpin(int slot) {
    if (--pins[slot] == 0 && doomed.get(slot)) {
      doomed.clear(slot);
      free(slot);
    }
  }

  /** The first {@code length} bytes of a slot. */
  ByteBuffer bytes(int slot, int length) {
    return pages.asSlice((long) slot * shape.slotBytes(), length).asByteBuffer();
  }

  /** Slots that are not free. */
  int used() {
    return shape.slots() - ready.size() - untouched.size();
  }

  SlotUse use() {
    return new SlotUse(shape, used());
  }

  /** CRC32C of a whole buffer. */
  static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.duplicate().clear());
    return (int) crc.getValue();
  }

  private boolean sound(int slot, SlotHeader header, boolean verify) {
    int length = header.length();
    return length >= 1
        && length <= shape.slotBytes()
        && (!verify || checksum(bytes(slot, length)) == header.checksum());
  }
}
