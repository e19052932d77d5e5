package dev.unmask.worker.pages.encoding;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import java.lang.foreign.MemorySegment;

/**
 * A way to write the elements of a page of keys and values, whose vectors {@code [headSize]} lie
 * one after the other. Pages of hidden states are always written as computed: a request's first
 * picks are made from them. Not safe for several threads: it keeps the memory of its last page.
 */
public sealed interface PageCodec permits AsComputed, RoundedToBrainFloat, ScaledBytes {
  /**
   * The way that an encoding names.
   *
   * @throws IllegalArgumentException if it names none
   */
  static PageCodec of(PageEncoding encoding, PageLayout layout) {
    return switch (canonical(encoding, layout.type())) {
      case PAGE_ENCODING_AS_COMPUTED -> new AsComputed();
      case PAGE_ENCODING_BFLOAT16 -> new RoundedToBrainFloat();
      case PAGE_ENCODING_INT8 -> new ScaledBytes(Elements.of(layout.type()), layout.headSize());
      case PAGE_ENCODING_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("there is no page encoding " + encoding);
    };
  }

  /**
   * The one of several names for the same bytes that pages are named with: unspecified is as
   * computed, and so is bfloat16 of what was computed in it.
   */
  static PageEncoding canonical(PageEncoding encoding, ComputeType type) {
    boolean same =
        encoding == PageEncoding.PAGE_ENCODING_UNSPECIFIED
            || (encoding == PageEncoding.PAGE_ENCODING_BFLOAT16 && type == ComputeType.BFLOAT16);
    return same ? PageEncoding.PAGE_ENCODING_AS_COMPUTED : encoding;
  }

  /** Bytes that a page takes when written. */
  int encodedBytes(int pageBytes);

  /**
   * Writes a page.
   *
   * @param page whole vectors
   * @param encoded exactly {@link #encodedBytes} bytes
   */
  void encode(MemorySegment page, MemorySegment encoded);

  /** Reads what {@link #encode} wrote. */
  void decode(MemorySegment encoded, MemorySegment page);
}
