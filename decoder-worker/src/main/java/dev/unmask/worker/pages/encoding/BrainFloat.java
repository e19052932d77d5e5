package dev.unmask.worker.pages.encoding;

/** The upper half of a float32. */
final class BrainFloat {
  private static final int QUIET_NAN = 0x7FC0;

  private BrainFloat() {}

  /** Rounds to the nearest, halves to the even one; not a number stays so. */
  static short round(float element) {
    int bits = Float.floatToRawIntBits(element);
    int rounded = (bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16;
    return (short) (Float.isNaN(element) ? QUIET_NAN : rounded);
  }

  static float widen(short element) {
    return Float.intBitsToFloat(element << 16);
  }
}
