package dev.unmask.bench.simulation.model;

import java.util.BitSet;

/** One canvas's slots in a device's memory, and which of them hold a key. */
final class Slots {
  private final long[] memory;
  private final int start;
  private final int prompt;
  private final int generation;
  private final BitSet stored = new BitSet();

  /** Nothing is stored. */
  Slots(long[] memory, int start, int prompt, int generation) {
    this.memory = memory;
    this.start = start;
    this.prompt = prompt;
    this.generation = generation;
  }

  int prompt() {
    return prompt;
  }

  int generation() {
    return generation;
  }

  int positions() {
    return prompt + generation;
  }

  long get(int position) {
    return memory[start + position];
  }

  void put(int position, long key) {
    memory[start + position] = key;
    stored.set(position);
  }

  boolean holds(int count) {
    return stored.nextClearBit(0) >= count;
  }

  void drop() {
    stored.clear();
  }

  /** Copies leading slots from elsewhere in the device. */
  void copy(int from, int count) {
    System.arraycopy(memory, from, memory, start, count);
    stored.set(0, count);
  }

  /** Adds up what a row attends to that sees everything before an end: a hole is a bug. */
  long attended(Script script, int end) {
    if (!holds(end)) {
      throw new BrokenInvariant(
          "I4", "position %d of %d is a hole".formatted(stored.nextClearBit(0), end));
    }
    long sum = 0;
    for (int position = 0; position < end; position++) {
      sum += script.share(position, get(position));
    }
    return sum;
  }
}
