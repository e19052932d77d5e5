package dev.unmask.bench.eviction;

/**
 * A request for a state: a hit if the store has it, else it is computed and stored.
 *
 * @param state its name
 * @param bytes it takes, at least 1
 * @param costMicros what computing it takes, in microseconds
 * @param namespace whose it is
 */
record Access(String state, long bytes, long costMicros, String namespace) {
  /**
   * Reads a line of a recorded trace: {@code state bytes cost namespace}.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Access parse(String line) {
    var fields = line.split(" ", -1);
    if (fields.length != 4) {
      throw new IllegalArgumentException("not `state bytes cost namespace`: " + line);
    }
    return new Access(fields[0], Long.parseLong(fields[1]), Long.parseLong(fields[2]), fields[3]);
  }
}
