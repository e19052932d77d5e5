package dev.unmask.worker.pages.mapping;

import dev.unmask.page.PageCheck;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageLocation;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * One slab, mapped read-only. Its slots may be given to other pages at any moment; a copy counts
 * only if the slot's generation is the same after it, and the record is a sound one of that name.
 * Safe for several threads.
 *
 * @param pages slots, one behind the other
 * @param headers of the slots
 * @param slotBytes of a slot
 * @param headerStride from one header to the next, in bytes
 */
record MappedSlab(MemorySegment pages, MemorySegment headers, long slotBytes, long headerStride) {
  /** What a header begins with while its slot is free; what a full one's says is the service's. */
  private static final int FREE = 0;

  private static final int GENERATION_OFFSET = 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Checksums follow the copy at this distance, so that they find it in the nearest cache. */
  private static final int PIECE_BYTES = 32 << 10;

  /** Copies a page; whether it is there, whole and undamaged. */
  boolean copy(PageLocation location, NamedPage page) {
    if (!fits(location, page) || !holds(location)) {
      return false;
    }
    long at = location.getSlot() * slotBytes;
    var header = ByteBuffer.allocate(PageRecord.HEADER_BYTES);
    header.put(0, slice(at, PageRecord.HEADER_BYTES), 0, PageRecord.HEADER_BYTES);
    var check = new PageCheck(page.key(), header, page.payload().capacity());
    copy(at + PageRecord.HEADER_BYTES, page.payload(), check);
    // What is read below must not be read before the copy.
    VarHandle.acquireFence();
    return holds(location) && check.sound();
  }

  private void copy(long from, ByteBuffer payload, PageCheck check) {
    for (int done = 0; done < payload.capacity(); done += PIECE_BYTES) {
      int size = Math.min(PIECE_BYTES, payload.capacity() - done);
      var piece = payload.slice(done, size);
      MemorySegment.copy(pages, from + done, MemorySegment.ofBuffer(piece), 0, size);
      check.add(piece);
    }
  }

  private boolean fits(PageLocation location, NamedPage page) {
    return location.getLength() == page.recordBytes()
        && location.getLength() <= slotBytes
        && location.getSlot() >= 0
        && (location.getSlot() + 1L) * slotBytes <= pages.byteSize()
        && (location.getSlot() + 1L) * headerStride <= headers.byteSize();
  }

  private boolean holds(PageLocation location) {
    long at = location.getSlot() * headerStride;
    return headers.get(INT, at) != FREE
        && headers.get(LONG, at + GENERATION_OFFSET) == location.getGeneration();
  }

  private ByteBuffer slice(long from, int bytes) {
    return pages.asSlice(from, bytes).asByteBuffer();
  }
}
