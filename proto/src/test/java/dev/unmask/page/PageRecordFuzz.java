package dev.unmask.page;

import dev.unmask.fuzz.Finding;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Bytes as stored pages: what was not sealed does not open, what was comes back, and one changed
 * bit is seen, whether a record is looked at whole or in pieces.
 */
public final class PageRecordFuzz {
  private PageRecordFuzz() {}

  /** The first 32 bytes are a key, the others a record, then a payload. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < PageKey.BYTES) {
      return;
    }
    var key = PageKey.of(Arrays.copyOf(input, PageKey.BYTES));
    byte[] rest = Arrays.copyOfRange(input, PageKey.BYTES, input.length);
    opened(key, rest);
    sealed(key, rest);
  }

  private static void opened(PageKey key, byte[] bytes) {
    PageRecord.open(key, ByteBuffer.wrap(bytes))
        .ifPresent(payload -> {
          var again = ByteBuffer.wrap(bytes.clone());
          PageRecord.seal(key, again);
          Finding.unless(
              payload.capacity() == bytes.length - PageRecord.HEADER_BYTES, "a part opened");
          // Only the four bytes that nothing reads may differ.
          Arrays.fill(again.array(), 12, 16, (byte) 0);
          byte[] given = bytes.clone();
          Arrays.fill(given, 12, 16, (byte) 0);
          Finding.unless(Arrays.equals(given, again.array()), "what nobody sealed opened");
        });
  }

  private static void sealed(PageKey key, byte[] payload) {
    var record = ByteBuffer.allocate(PageRecord.HEADER_BYTES + payload.length);
    record.put(PageRecord.HEADER_BYTES, payload);
    PageRecord.seal(key, record);
    Finding.unless(PageRecord.open(key, record).isPresent(), "a sealed page did not open");
    Finding.unless(
        inPieces(key, record, 1 + payload.length / 3), "a sealed page did not open in pieces");
    int bit = Math.floorMod(Arrays.hashCode(payload), record.capacity() * Byte.SIZE);
    int at = bit / Byte.SIZE;
    if (at < 12 || at >= 16) {
      record.put(at, (byte) (record.get(at) ^ 1 << bit % Byte.SIZE));
      Finding.unless(PageRecord.open(key, record).isEmpty(), "a changed bit was not seen");
      Finding.unless(!inPieces(key, record, 7), "a changed bit was not seen in pieces");
    }
  }

  private static boolean inPieces(PageKey key, ByteBuffer record, int size) {
    int length = record.capacity() - PageRecord.HEADER_BYTES;
    var check = new PageCheck(key, record.slice(0, PageRecord.HEADER_BYTES), length);
    for (int at = 0; at < length; at += size) {
      check.add(record.slice(PageRecord.HEADER_BYTES + at, Math.min(size, length - at)));
    }
    return check.sound();
  }
}
