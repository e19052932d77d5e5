package dev.unmask.cache.slab;

/**
 * How full slots of one size may be: once more than {@code high} of them are used, states are given
 * up behind the writers until at most {@code low} are.
 *
 * @param high share from {@code low} to 1; 1: never before a writer finds no slot
 * @param low share above 0
 */
public record Watermarks(double high, double low) {
  public Watermarks {
    if (!(low > 0 && low <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "unmask.cache.low-watermark must be above 0 and at most unmask.cache.high-watermark, which is"
              + " at most 1; not "
              + low
              + " and "
              + high);
    }
  }

  boolean tooFull(int used, int slots) {
    return used > high * slots;
  }

  boolean drained(int used, int slots) {
    return used <= low * slots;
  }
}
