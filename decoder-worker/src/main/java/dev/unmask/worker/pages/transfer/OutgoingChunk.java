package dev.unmask.worker.pages.transfer;

import dev.unmask.contract.Limits;
import dev.unmask.page.PageRecord;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a page's record on its way out.
 *
 * @param shipment it is part of
 * @param page it is of
 * @param offset of the piece in the record in bytes
 * @param header bytes of the record's header in it, ready to read; none but in a first piece
 * @param payload the other bytes of it, ready to read
 */
record OutgoingChunk(
    Shipment shipment, NamedPage page, int offset, ByteBuffer header, ByteBuffer payload) {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** All pieces of a page, in order. Reads the whole payload for its checksum. */
  static List<OutgoingChunk> of(Shipment shipment, NamedPage page) {
    var header = PageRecord.header(page.key(), page.payload());
    var payload = page.payload();
    int size = Math.min(payload.capacity(), Limits.PAGE_CHUNK_BYTES - PageRecord.HEADER_BYTES);
    var chunks = new ArrayList<OutgoingChunk>();
    chunks.add(new OutgoingChunk(shipment, page, 0, header, payload.slice(0, size)));
    for (int at = size; at < payload.capacity(); at += size) {
      size = Math.min(payload.capacity() - at, Limits.PAGE_CHUNK_BYTES);
      chunks.add(
          new OutgoingChunk(
              shipment,
              page,
              PageRecord.HEADER_BYTES + at,
              NOTHING.duplicate(),
              payload.slice(at, size)));
    }
    return chunks;
  }

  /** Bytes of the record in it. */
  int size() {
    return header.remaining() + payload.remaining();
  }
}
