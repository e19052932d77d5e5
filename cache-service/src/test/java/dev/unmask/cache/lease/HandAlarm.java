package dev.unmask.cache.lease;

import java.time.Duration;
import java.util.Comparator;
import java.util.TreeSet;

/** An alarm whose time goes when told. */
final class HandAlarm implements Alarm {
  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.comparing(Entry::due).thenComparingLong(Entry::number));
  private Duration now = Duration.ZERO;
  private long number;

  private record Entry(Duration due, long number, Runnable action) {}

  @Override
  public Runnable after(Duration time, Runnable action) {
    var entry = new Entry(now.plus(time), number++, action);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Does what is due on the way, in order. */
  void advance(Duration time) {
    var end = now.plus(time);
    while (!entries.isEmpty() && entries.first().due().compareTo(end) <= 0) {
      var next = entries.removeFirst();
      now = next.due();
      next.action().run();
    }
    now = end;
  }

  /** How many are set. */
  int set() {
    return entries.size();
  }
}
