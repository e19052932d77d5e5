package dev.unmask.page;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A look at a page that arrives in pieces: same verdict as {@link PageRecord#matches}, but every
 * piece is read while it is still in the processor's cache. For one thread at a time.
 */
public final class PageCheck {
  private final boolean header;
  private final int expected;
  private final int length;
  private final CRC32C checksum = new CRC32C();
  private int seen;

  /**
   * Begins with a header.
   *
   * @param key the page's name
   * @param header 48 bytes from 0
   * @param length of the payload that is to follow
   */
  public PageCheck(PageKey key, ByteBuffer header, int length) {
    this.header = PageRecord.named(key, header, length);
    this.expected = PageRecord.expected(header);
    this.length = length;
    PageRecord.begin(checksum, header);
  }

  /** Takes the next bytes of the payload, from a buffer's position to its limit. */
  public void add(ByteBuffer piece) {
    seen += piece.remaining();
    checksum.update(piece);
  }

  /** Whether all of it has been seen and is a whole, undamaged page of its name. */
  public boolean sound() {
    return header && seen == length && (int) checksum.getValue() == expected;
  }
}
