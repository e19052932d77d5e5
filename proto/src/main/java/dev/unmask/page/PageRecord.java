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
   * The header of a payload that lies elsewhere.
   *
   * @param key the page's name
   * @param payload all bytes of the buffer, from 0 to its capacity
   * @return 48 bytes on the heap, ready to read
   */
  public static ByteBuffer header(PageKey key, ByteBuffer payload) {
    var bytes = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putInt(0, MAGIC).putInt(4, payload.capacity()).putInt(12, 0);
    bytes.put(KEY_OFFSET, key.toByteArray());
    return bytes.putInt(8, checksum(bytes, payload));
  }

  /**
   * Writes a header in front of a payload that already lies behind it.
   *
   * @param key the page's name
   * @param record whole record, payload from offset 48 to its capacity
   */
  public static void seal(PageKey key, ByteBuffer record) {
    var payload = record.slice(HEADER_BYTES, record.capacity() - HEADER_BYTES);
    record.put(0, header(key, payload), 0, HEADER_BYTES);
  }

  /**
   * Opens a record.
   *
   * @return the payload, a view; empty if the record is not a whole, undamaged page of that name
   */
  public static Optional<ByteBuffer> open(PageKey key, ByteBuffer record) {
    if (record.capacity() < HEADER_BYTES) {
      return Optional.empty();
    }
    var header = record.slice(0, HEADER_BYTES);
    var payload = record.slice(HEADER_BYTES, record.capacity() - HEADER_BYTES);
    return Optional.of(payload.order(ByteOrder.LITTLE_ENDIAN))
        .filter(page -> matches(key, header, page));
  }

  /**
   * Whether a header and a payload are together a whole, undamaged page of a name.
   *
   * @param header 48 bytes from 0
   * @param payload all bytes of the buffer, from 0 to its capacity
   */
  public static boolean matches(PageKey key, ByteBuffer header, ByteBuffer payload) {
    var check = new PageCheck(key, header, payload.capacity());
    check.add(payload.duplicate().clear());
    return check.sound();
  }

  /** Whether a header says that it is of that page. */
  static boolean named(PageKey key, ByteBuffer header, int length) {
    var bytes = header.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return bytes.getInt(0) == MAGIC && bytes.getInt(4) == length && name(bytes).equals(key);
  }

  /** The checksum a header holds. */
  static int expected(ByteBuffer header) {
    return header.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(8);
  }

  /** Begins a checksum with what a header contributes. */
  static void begin(CRC32C checksum, ByteBuffer header) {
    checksum.update(header.slice(0, 8));
    checksum.update(header.slice(KEY_OFFSET, PageKey.BYTES));
  }

  private static PageKey name(ByteBuffer bytes) {
    byte[] digest = new byte[PageKey.BYTES];
    bytes.get(KEY_OFFSET, digest);
    return PageKey.of(digest);
  }

  private static int checksum(ByteBuffer header, ByteBuffer payload) {
    var crc = new CRC32C();
    begin(crc, header);
    crc.update(payload.duplicate().clear());
    return (int) crc.getValue();
  }
}
