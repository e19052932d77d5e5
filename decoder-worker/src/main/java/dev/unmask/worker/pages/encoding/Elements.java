package dev.unmask.worker.pages.encoding;

import dev.unmask.worker.engine.program.ComputeType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Elements of a page as float32, whatever type they were computed in. */
sealed interface Elements {
  /** Those of a type. */
  static Elements of(ComputeType type) {
    return switch (type) {
      case FLOAT32 -> new Wide();
      case BFLOAT16 -> new Narrow();
    };
  }

  /** Bytes of one. */
  int bytes();

  /** Reads as many as the array holds, from the {@code first} on. */
  void read(MemorySegment page, int first, float[] elements);

  /** Writes all of the array, from the {@code first} on. */
  void write(float[] elements, MemorySegment page, int first);

  /** float32. */
  record Wide() implements Elements {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;

    @Override
    public int bytes() {
      return Float.BYTES;
    }

    @Override
    public void read(MemorySegment page, int first, float[] elements) {
      MemorySegment.copy(page, FLOAT, (long) first * Float.BYTES, elements, 0, elements.length);
    }

    @Override
    public void write(float[] elements, MemorySegment page, int first) {
      MemorySegment.copy(elements, 0, page, FLOAT, (long) first * Float.BYTES, elements.length);
    }
  }

  /** bfloat16. */
  record Narrow() implements Elements {
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    @Override
    public int bytes() {
      return Short.BYTES;
    }

    @Override
    public void read(MemorySegment page, int first, float[] elements) {
      for (int i = 0; i < elements.length; i++) {
        elements[i] = BrainFloat.widen(page.get(SHORT, (long) (first + i) * Short.BYTES));
      }
    }

    @Override
    public void write(float[] elements, MemorySegment page, int first) {
      for (int i = 0; i < elements.length; i++) {
        page.set(SHORT, (long) (first + i) * Short.BYTES, BrainFloat.round(elements[i]));
      }
    }
  }
}
