package dev.unmask.cache.slab;

import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import net.openhft.chronicle.map.ChronicleMap;

/**
 * Where each page lies: 32-byte keys to 24-byte records in a Chronicle Map off heap; the only class
 * that knows Chronicle. It holds no pages: their values are read byte by byte and evicted by chunk
 * there. It holds no pins either, because those must die with the process. Safe for several
 * threads.
 *
 * <pre>
 *   offset  0     4     8       16
 *           slab  slot  length  (4 bytes zero)  generation
 * </pre>
 */
final class PageIndex implements AutoCloseable {
  private static final int VALUE_BYTES = 24;
  private static final int GENERATION_OFFSET = 16;

  private final ChronicleMap<byte[], byte[]> map;

  /** An empty index for at most {@code entries} pages. */
  PageIndex(long entries) {
    map =
        ChronicleMap.of(byte[].class, byte[].class)
            .name("pages")
            .constantKeySizeBySample(new byte[PageKey.BYTES])
            .constantValueSizeBySample(new byte[VALUE_BYTES])
            .entries(entries)
            .create();
  }

  Optional<Location> get(PageKey key) {
    return Optional.ofNullable(map.get(key.toByteArray())).map(PageIndex::decode);
  }

  /** Whether the key was new. */
  boolean putIfAbsent(PageKey key, Location location) {
    return map.putIfAbsent(key.toByteArray(), encode(location)) == null;
  }

  void remove(PageKey key) {
    map.remove(key.toByteArray());
  }

  long size() {
    return map.longSize();
  }

  @Override
  public void close() {
    map.close();
  }

  private static byte[] encode(Location location) {
    return ByteBuffer.allocate(VALUE_BYTES)
        .putInt(location.slab())
        .putInt(location.slot())
        .putInt(location.length())
        .putLong(GENERATION_OFFSET, location.generation())
        .array();
  }

  private static Location decode(byte[] value) {
    var bytes = ByteBuffer.wrap(value);
    return new Location(
        bytes.getInt(), bytes.getInt(), bytes.getInt(), bytes.getLong(GENERATION_OFFSET));
  }
}
