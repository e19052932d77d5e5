package dev.unmask.worker.engine.forward;

import java.util.stream.LongStream;

/**
 * Rows of a forward that attend to one run of slots; eleven numbers to the program.
 *
 * @param kind what is done with them beside attention
 * @param firstRow of the part that the segment belongs to
 * @param rows how many
 * @param firstSlot of the keys
 * @param keys how many
 * @param needs up to six numbers of the kind
 */
record Segment(Kind kind, int firstRow, int rows, int firstSlot, int keys, int... needs) {
  private static final int NEEDS = 6;

  /** What a segment is for. */
  enum Kind {
    PLAIN(0),
    RETAIN(1),
    ROLLOUT(2),
    SHADOW(3);

    private final int number;

    Kind(int number) {
      this.number = number;
    }
  }

  /** As the program reads it, behind other rows of the forward. */
  LongStream encode(int rowsBefore) {
    return LongStream.concat(
        LongStream.concat(LongStream.of(kind.number), table(rowsBefore)), LongStream.of(padded()));
  }

  /** What lies on the device: first row, rows, first slot, keys. */
  LongStream table(int rowsBefore) {
    return LongStream.of(rowsBefore + firstRow, rows, firstSlot, keys);
  }

  private long[] padded() {
    long[] padded = new long[NEEDS];
    for (int i = 0; i < needs.length; i++) {
      padded[i] = needs[i];
    }
    return padded;
  }
}
