package dev.unmask.worker.pages.transfer;

import dev.unmask.fuzz.Finding;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * Answers of a cache-service as chunks of pages: nothing that was not sealed counts as there, and
 * sealed pages in chunks of any size do.
 */
public final class ReceiptFuzz {
  private static final int PAYLOAD = 96;
  private static final List<PageKey> KEYS = List.of(key(1), key(2));

  private ReceiptFuzz() {}

  /** The first byte says what the others are: messages behind their lengths, or sizes of chunks. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length > 0) {
      byte[] rest = Arrays.copyOfRange(input, 1, input.length);
      if (input[0] % 2 == 0) {
        messages(rest);
      } else {
        chunks(rest);
      }
    }
  }

  private static void messages(byte[] input) {
    var pages = pages();
    var receipt = new Receipt(pages);
    for (int at = 0; at < input.length; ) {
      int size = Math.min(Byte.toUnsignedInt(input[at]), input.length - at - 1);
      try {
        new ChunkMarshaller(receipt).parse(new ByteArrayInputStream(input, at + 1, size));
      } catch (StatusRuntimeException e) {
        return;
      }
      at += 1 + size;
    }
    Finding.unless(receipt.sound() <= KEYS.size(), "more pages than were asked for");
    for (int i = 0; i < receipt.sound(); i++) {
      // Its checksum cannot be made up here: the payload is what the record said.
      Finding.unless(!zero(pages.get(i).payload()), "a page that nobody sent");
    }
  }

  private static void chunks(byte[] sizes) {
    var pages = pages();
    var receipt = new Receipt(pages);
    int next = 0;
    for (int page = 0; page < KEYS.size(); page++) {
      byte[] record = record(page);
      for (int at = 0; at < record.length; ) {
        int wanted = sizes.length == 0 ? 1 : Byte.toUnsignedInt(sizes[next++ % sizes.length]);
        int size = Math.clamp(wanted, 1, record.length - at);
        byte[] message =
            message(page, record.length, at, Arrays.copyOfRange(record, at, at + size));
        new ChunkMarshaller(receipt).parse(new ByteArrayInputStream(message));
        at += size;
      }
    }
    Finding.unless(receipt.whole(), "sealed pages are a miss: " + receipt.miss());
  }

  private static byte[] message(int page, int length, int offset, byte[] data) {
    return dev.unmask.pagecache.v1.ReadPagesResponse.newBuilder()
        .setKeyIndex(page)
        .setLength(length)
        .setOffset(offset)
        .setData(com.google.protobuf.ByteString.copyFrom(data))
        .build()
        .toByteArray();
  }

  private static byte[] record(int page) {
    var record = ByteBuffer.allocate(PageRecord.HEADER_BYTES + PAYLOAD);
    for (int i = 0; i < PAYLOAD; i++) {
      record.put(PageRecord.HEADER_BYTES + i, (byte) (page + i));
    }
    PageRecord.seal(KEYS.get(page), record);
    return record.array();
  }

  private static boolean zero(ByteBuffer payload) {
    return payload.duplicate().clear().equals(ByteBuffer.allocate(PAYLOAD));
  }

  private static List<NamedPage> pages() {
    return KEYS.stream()
        .map(key -> new NamedPage(key, ByteBuffer.allocateDirect(PAYLOAD)))
        .toList();
  }

  private static PageKey key(int number) {
    byte[] digest = new byte[PageKey.BYTES];
    digest[0] = (byte) number;
    return PageKey.of(digest);
  }
}
