package dev.unmask.cache.store;

import java.util.concurrent.atomic.LongAdder;

/** What happened to a store since its start. Safe for several threads. */
public final class StoreCounts {
  private final LongAdder found = new LongAdder();
  private final LongAdder absent = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private final LongAdder stored = new LongAdder();
  private final LongAdder bytesStored = new LongAdder();
  private final LongAdder present = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder quarantined = new LongAdder();

  /**
   * The counts at a moment.
   *
   * @param found look-ups and reads of pages that were there
   * @param absent look-ups and reads of pages that were not
   * @param bytesRead of records handed to readers
   * @param stored new records
   * @param bytesStored of them
   * @param present records that were there already
   * @param refused records that do not fit, are damaged, or are above a quota
   * @param quarantined stored records found damaged
   */
  public record Snapshot(
      long found,
      long absent,
      long bytesRead,
      long stored,
      long bytesStored,
      long present,
      long refused,
      long quarantined) {}

  /** Reads all counts; calls that run meanwhile may be counted in part. */
  public Snapshot snapshot() {
    return new Snapshot(
        found.sum(),
        absent.sum(),
        bytesRead.sum(),
        stored.sum(),
        bytesStored.sum(),
        present.sum(),
        refused.sum(),
        quarantined.sum());
  }

  void lookedUp(boolean there) {
    (there ? found : absent).increment();
  }

  void read(int bytes) {
    bytesRead.add(bytes);
  }

  void written(Outcome outcome) {
    switch (outcome) {
      case STORED -> stored.increment();
      case PRESENT -> present.increment();
      case REFUSED, OVER_QUOTA -> refused.increment();
    }
  }

  void stored(int bytes) {
    bytesStored.add(bytes);
  }

  void quarantined() {
    quarantined.increment();
  }
}
