package dev.unmask.worker.pages.encoding;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Elements rounded to 8 bits, with a scale a vector (a position and head, keys and values apart):
 * the largest magnitude is 127. A vector with an element that is not finite comes back as not a
 * number.
 *
 * <pre>
 *   [vectors] float32 scales | [vectors][length] int8
 * </pre>
 */
final class ScaledBytes implements PageCodec {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final float MOST = Byte.MAX_VALUE;

  private final Elements elements;
  private final float[] vector;
  private final byte[] rounded;

  /**
   * Vectors of a length.
   *
   * @param elements as they were computed
   */
  ScaledBytes(Elements elements, int length) {
    this.elements = elements;
    vector = new float[length];
    rounded = new byte[length];
  }

  @Override
  public int encodedBytes(int pageBytes) {
    return vectors(pageBytes) * (Float.BYTES + vector.length);
  }

  @Override
  public void encode(MemorySegment page, MemorySegment encoded) {
    int vectors = vectors(page.byteSize());
    for (int i = 0; i < vectors; i++) {
      elements.read(page, i * vector.length, vector);
      float scale = largest() / MOST;
      encoded.set(FLOAT, (long) i * Float.BYTES, scale);
      for (int j = 0; j < vector.length; j++) {
        rounded[j] = (byte) (scale == 0 ? 0 : Math.round(vector[j] / scale));
      }
      MemorySegment.copy(
          rounded, 0, encoded, ValueLayout.JAVA_BYTE, at(vectors, i), rounded.length);
    }
  }

  @Override
  public void decode(MemorySegment encoded, MemorySegment page) {
    int vectors = vectors(page.byteSize());
    for (int i = 0; i < vectors; i++) {
      float scale = encoded.get(FLOAT, (long) i * Float.BYTES);
      MemorySegment.copy(
          encoded, ValueLayout.JAVA_BYTE, at(vectors, i), rounded, 0, rounded.length);
      for (int j = 0; j < vector.length; j++) {
        vector[j] = scale * rounded[j];
      }
      elements.write(vector, page, i * vector.length);
    }
  }

  /** The largest magnitude; not a number if an element is not finite. */
  private float largest() {
    float most = 0;
    for (float element : vector) {
      most = Math.max(most, Math.abs(element));
    }
    return Float.isFinite(most) ? most : Float.NaN;
  }

  private int vectors(long pageBytes) {
    return Math.toIntExact(pageBytes / elements.bytes() / vector.length);
  }

  private long at(int vectors, int number) {
    return (long) vectors * Float.BYTES + (long) number * vector.length;
  }
}
