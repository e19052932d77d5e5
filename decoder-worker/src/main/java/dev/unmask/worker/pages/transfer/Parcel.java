package dev.unmask.worker.pages.transfer;

import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import java.util.List;

/**
 * One page of a shipment.
 *
 * @param shipment it is part of
 * @param page to send
 */
record Parcel(Shipment shipment, NamedPage page) {
  long bytes() {
    return page.recordBytes();
  }

  List<OutgoingChunk> chunks() {
    return OutgoingChunk.of(shipment, page);
  }
}
