package dev.unmask.worker.pages.encoding;

import java.lang.foreign.MemorySegment;

/** The bytes as they are. */
record AsComputed() implements PageCodec {
  @Override
  public int encodedBytes(int pageBytes) {
    return pageBytes;
  }

  @Override
  public void encode(MemorySegment page, MemorySegment encoded) {
    encoded.copyFrom(page);
  }

  @Override
  public void decode(MemorySegment encoded, MemorySegment page) {
    page.copyFrom(encoded);
  }
}
