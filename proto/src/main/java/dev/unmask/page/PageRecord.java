package dev.unmask.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A page as it is stored and sent: a header, then the payload.
 *
 * <pre>
 *  offset  bytes  what (little endian)
 *       0      4  magic "UPG1"
 *       4      4  payload length
 *       8      4  CRC32C of bytes 0..8, the key and the payload
 *      12      4  zero
 *      16     32  page key
 *      48         payload
 * </pre>
 *
 * The key binds everything the content was computed from, so key and checksum together are the
 * page's identity.
 */
public final class PageRecord {
  /** Length of the header in bytes. */
  public static final int HEADER_BYTES = 48;

  private static final int MAGIC = 0x31475055;
  private static final int KEY_OFFSET = 16;

  private PageRecord() {}

  /**
   * Writes a header in front of a payload that already lies behind it.
   *
   * @param key the page's name
   * @param record whole record, payload from offset 48 to its capacity
   */
  public static void seal(PageKey key, ByteBuffer record) {
    var bytes = record.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
    bytes.putInt(0, MAGIC).putInt(4, bytes.capacity() - HEADER_BYTES).putInt(12, 0);
    bytes.put(KEY_OFFSET, key.toByteArray());
    bytes.putInt(8, checksum(bytes));
  }

  /**
   * Opens a record.
   *
   * @return the payload, a view; empty if the record is not a whole, undamaged page of that name
   */
  public static Optional<ByteBuffer> open(PageKey key, ByteBuffer record) {
    var bytes = record.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
    if (bytes.capacity() < HEADER_BYTES
        || bytes.getInt(0) != MAGIC
        || bytes.getInt(4) != bytes.capacity() - HEADER_BYTES
        || !name(bytes).equals(key)
        || bytes.getInt(8) != checksum(bytes)) {
      return Optional.empty();
    }
    return Optional.of(
        bytes.slice(HEADER_BYTES, bytes.capacity() - HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN));
  }

  private static PageKey name(ByteBuffer bytes) {
    byte[] digest = new byte[PageKey.BYTES];
    bytes.get(KEY_OFFSET, digest);
    return PageKey.of(digest);
  }

  private static int checksum(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes.slice(0, 8));
    crc.update(bytes.slice(KEY_OFFSET, bytes.capacity() - KEY_OFFSET));
    return (int) crc.getValue();
  }
}
