package dev.unmask.worker.pages.transfer;

import dev.unmask.page.PageCheck;
import dev.unmask.page.PageRecord;
import dev.unmask.wire.StreamBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Pages on their way in: takes chunks in the order asked, puts payloads where they belong and
 * checks each page as soon as it is whole, while it is in the processor's cache. For one thread at
 * a time.
 */
public final class Receipt {
  private final List<NamedPage> pages;
  private final ByteBuffer header = ByteBuffer.allocate(PageRecord.HEADER_BYTES);
  private Optional<PageCheck> check = Optional.empty();
  private int current;
  private int received;
  private int failed;
  private Optional<Miss> miss = Optional.empty();

  /** Waits for these pages, in this order. */
  public Receipt(List<NamedPage> pages) {
    this.pages = pages;
  }

  /** Why this is a miss; empty as long as all is well. */
  public Optional<Miss> miss() {
    return miss;
  }

  /** The page that arrived damaged, if one did. */
  public Optional<NamedPage> damaged() {
    return miss.filter(reason -> reason == Miss.DAMAGED)
        .flatMap(_ -> pages.stream().skip(failed).findFirst());
  }

  /** Pages that have arrived and are sound: the first ones of all. */
  public int sound() {
    return miss.isEmpty() ? current : failed;
  }

  /** Whether every page has arrived and is sound. */
  public boolean whole() {
    return miss.isEmpty() && current == pages.size();
  }

  /** The service does not have a page. */
  void absent() {
    fail(Miss.ABSENT);
  }

  /** Something arrived that is no chunk. */
  void malformed() {
    fail(Miss.DAMAGED);
  }

  /**
   * Takes a chunk, unless there was a miss before.
   *
   * @param place what it says it is
   * @param size bytes of it
   * @param data where they come from
   */
  void add(Place place, int size, InputStream data) throws IOException {
    if (miss.isPresent()) {
      return;
    }
    if (!expected(place, size)) {
      fail(Miss.DAMAGED);
      return;
    }
    var page = pages.get(current);
    int ofHeader = Math.clamp(PageRecord.HEADER_BYTES - received, 0, size);
    StreamBytes.copy(data, header.slice(Math.min(received, header.capacity()), ofHeader));
    if (ofHeader > 0 && received + ofHeader == PageRecord.HEADER_BYTES) {
      check = Optional.of(new PageCheck(page.key(), header, page.payload().capacity()));
    }
    int payloadAt = Math.max(0, received - PageRecord.HEADER_BYTES);
    StreamBytes.copy(
        data,
        page.payload().slice(payloadAt, size - ofHeader),
        piece -> check.orElseThrow().add(piece));
    received += size;
    if (received == page.recordBytes()) {
      finish();
    }
  }

  private boolean expected(Place place, int size) {
    return current < pages.size()
        && place.keyIndex() == current
        && place.offset() == received
        && place.length() == pages.get(current).recordBytes()
        && size >= 1
        && size <= place.length() - received;
  }

  private void finish() {
    if (!check.orElseThrow().sound()) {
      fail(Miss.DAMAGED);
    }
    current++;
    received = 0;
  }

  private void fail(Miss reason) {
    if (miss.isEmpty()) {
      miss = Optional.of(reason);
      failed = current;
    }
  }

  /**
   * Where a chunk belongs.
   *
   * @param keyIndex index into the keys asked for
   * @param length of the whole record in bytes
   * @param offset of the chunk in the record in bytes
   */
  record Place(int keyIndex, long length, long offset) {}
}
