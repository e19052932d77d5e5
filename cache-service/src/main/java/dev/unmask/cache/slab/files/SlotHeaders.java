package dev.unmask.cache.slab.files;

import dev.unmask.cache.store.StateName;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The headers of a slab's slots, in a mapped file of their own so that a start reads them without
 * touching a page.
 *
 * <pre>
 *  offset  bytes  what (little endian), 192 bytes a slot
 *       0      4  magic "USL2" when full, else 0; written last
 *       4      4  record length
 *       8      4  CRC32C of the record
 *      12      4  CRC32C of bytes 4..12 and 16..192
 *      16      8  generation
 *      24     32  key
 *      56     32  key of the state
 *      88      8  cost of the state in microseconds
 *      96     64  namespace, ASCII, the rest zero
 *     160     32  zero
 * </pre>
 *
 * Writers hold the store's lock. A process that dies between two stores leaves the magic at 0; a
 * machine that dies may leave anything, which the checksums show.
 */
public final class SlotHeaders {
  public static final int BYTES = 192;

  private static final int MAGIC = 0x324C5355;
  private static final int KEY_OFFSET = 24;
  private static final int STATE_OFFSET = 56;
  private static final int COST_OFFSET = 88;
  private static final int NAMESPACE_OFFSET = 96;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle STATE = INT.varHandle();

  private final MemorySegment memory;

  public SlotHeaders(MemorySegment memory) {
    this.memory = memory;
  }

  /** Says that a slot is full. */
  public void write(int slot, SlotHeader header) {
    var bytes = at(slot);
    bytes.putInt(4, header.length()).putInt(8, header.checksum());
    bytes.putLong(16, header.generation()).put(KEY_OFFSET, header.key().toByteArray());
    bytes.put(STATE_OFFSET, header.part().state().key().toByteArray());
    bytes.putLong(COST_OFFSET, header.part().costMicros());
    byte[] namespace = new byte[Limits.NAMESPACE_CHARACTERS];
    byte[] name = header.part().state().namespace().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(name, 0, namespace, 0, name.length);
    bytes.put(NAMESPACE_OFFSET, namespace);
    bytes.putInt(12, checksum(bytes));
    STATE.setRelease(memory, (long) slot * BYTES, MAGIC);
  }

  /** Says that a slot is free. Later stores to its page cannot be seen before this. */
  public void clear(int slot) {
    STATE.set(memory, (long) slot * BYTES, 0);
    VarHandle.releaseFence();
  }

  /** The header of a slot; empty if it is free or its header is damaged. */
  public Optional<SlotHeader> read(int slot) {
    var bytes = at(slot);
    if (bytes.getInt(0) != MAGIC || bytes.getInt(12) != checksum(bytes)) {
      return Optional.empty();
    }
    return Optional.of(
        new SlotHeader(
            key(bytes, KEY_OFFSET),
            bytes.getInt(4),
            bytes.getInt(8),
            bytes.getLong(16),
            new SlotHeader.Part(
                new StateName(namespace(bytes), key(bytes, STATE_OFFSET)),
                bytes.getLong(COST_OFFSET))));
  }

  /** The key of a full slot, whatever else its header says. */
  public PageKey key(int slot) {
    return key(at(slot), KEY_OFFSET);
  }

  /** Whether a slot is full since the write of that number. */
  public boolean holds(int slot, long generation) {
    var bytes = at(slot);
    return bytes.getInt(0) == MAGIC && bytes.getLong(16) == generation;
  }

  private ByteBuffer at(int slot) {
    return memory.asSlice((long) slot * BYTES, BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static PageKey key(ByteBuffer bytes, int offset) {
    byte[] key = new byte[PageKey.BYTES];
    bytes.get(offset, key);
    return PageKey.of(key);
  }

  private static String namespace(ByteBuffer bytes) {
    byte[] name = new byte[Limits.NAMESPACE_CHARACTERS];
    bytes.get(NAMESPACE_OFFSET, name);
    return new String(name, StandardCharsets.US_ASCII).replace("\0", "");
  }

  private static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.slice(4, 8));
    crc.update(bytes.slice(16, BYTES - 16));
    return (int) crc.getValue();
  }
}
