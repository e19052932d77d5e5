package dev.unmask.worker.pages.transfer;

import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import java.nio.ByteBuffer;

/**
 * A page's name and the memory its payload is in, or is to be read into.
 *
 * @param key of the page
 * @param payload a direct buffer, all bytes from 0 to its capacity
 */
public record NamedPage(PageKey key, ByteBuffer payload) {
  /** Bytes of the page's record. */
  public int recordBytes() {
    return PageRecord.HEADER_BYTES + payload.capacity();
  }
}
