package dev.unmask.worker.pages.encoding;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Pages of keys and values in another encoding, in memory of their own. One thread at a time. */
public final class EncodedPages implements Transcription, AutoCloseable {
  private final PageCodec codec;
  private final Arena memory = Arena.ofShared();
  private final List<MemorySegment> pages;
  private final List<MemorySegment> encoded = new ArrayList<>();

  /**
   * Room for the encoded pages, not written yet.
   *
   * @param pages as computed, or room for them; direct
   */
  public EncodedPages(PageCodec codec, List<ByteBuffer> pages) {
    this.codec = codec;
    this.pages = pages.stream().map(MemorySegment::ofBuffer).toList();
    this.pages.forEach(
        page -> encoded.add(memory.allocate(codec.encodedBytes(Math.toIntExact(page.byteSize())))));
  }

  /** The encoded pages, in their order; they die with {@link #close}. */
  public List<ByteBuffer> payloads() {
    return encoded.stream().map(MemorySegment::asByteBuffer).toList();
  }

  @Override
  public void encode() {
    for (int i = 0; i < pages.size(); i++) {
      codec.encode(pages.get(i), encoded.get(i));
    }
  }

  @Override
  public void decode() {
    for (int i = 0; i < pages.size(); i++) {
      codec.decode(encoded.get(i), pages.get(i));
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
