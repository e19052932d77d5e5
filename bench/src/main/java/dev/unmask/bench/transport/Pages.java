package dev.unmask.bench.transport;

import dev.unmask.page.PageKey;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Memory for the pages of one caller.
 *
 * @param payloads as many as a call has pages
 */
record Pages(List<ByteBuffer> payloads) {
  static final String NAMESPACE = "bench";

  /** Room for pages of a size, filled with noise. */
  static Pages of(int count, int bytes) {
    var payloads = new ArrayList<ByteBuffer>();
    var random = new SplittableRandom(bytes);
    for (int i = 0; i < count; i++) {
      var payload = ByteBuffer.allocateDirect(bytes);
      while (payload.remaining() >= Long.BYTES) {
        payload.putLong(random.nextLong());
      }
      payloads.add(payload.clear());
    }
    return new Pages(payloads);
  }

  /** The same pages, as arrays. */
  List<byte[]> onHeap() {
    return payloads.stream()
        .map(payload -> {
          byte[] page = new byte[payload.capacity()];
          payload.get(0, page);
          return page;
        })
        .toList();
  }

  /** The first pages with names from a number on. */
  List<NamedPage> named(long first, int count) {
    var pages = new ArrayList<NamedPage>();
    for (int i = 0; i < count; i++) {
      pages.add(new NamedPage(key(first + i), payloads.get(i)));
    }
    return pages;
  }

  static PageKey key(long number) {
    return PageKey.of(name(number));
  }

  /** 32 bytes that differ by number. */
  static byte[] name(long number) {
    return ByteBuffer.allocate(PageKey.BYTES).putLong(number * 0x9E3779B97F4A7C15L).array();
  }
}
