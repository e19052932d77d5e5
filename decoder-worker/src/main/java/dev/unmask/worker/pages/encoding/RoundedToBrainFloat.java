package dev.unmask.worker.pages.encoding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** float32 rounded to bfloat16: half the bytes, 8 bits of mantissa. */
final class RoundedToBrainFloat implements PageCodec {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

  private float[] wide = {};
  private short[] narrow = {};

  @Override
  public int encodedBytes(int pageBytes) {
    return pageBytes / 2;
  }

  @Override
  public void encode(MemorySegment page, MemorySegment encoded) {
    int count = room(page);
    MemorySegment.copy(page, FLOAT, 0, wide, 0, count);
    for (int i = 0; i < count; i++) {
      narrow[i] = BrainFloat.round(wide[i]);
    }
    MemorySegment.copy(narrow, 0, encoded, SHORT, 0, count);
  }

  @Override
  public void decode(MemorySegment encoded, MemorySegment page) {
    int count = room(page);
    MemorySegment.copy(encoded, SHORT, 0, narrow, 0, count);
    for (int i = 0; i < count; i++) {
      wide[i] = BrainFloat.widen(narrow[i]);
    }
    MemorySegment.copy(wide, 0, page, FLOAT, 0, count);
  }

  private int room(MemorySegment page) {
    int count = Math.toIntExact(page.byteSize() / Float.BYTES);
    if (wide.length < count) {
      wide = new float[count];
      narrow = new short[count];
    }
    return count;
  }
}
