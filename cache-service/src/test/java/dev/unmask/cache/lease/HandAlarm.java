package dev.unmask.cache.lease;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** An alarm whose time goes when told. */
final class HandAlarm implements Alarm {
  private final List<Entry> entries = new ArrayList<>();
  private Duration now = Duration.ZERO;

  private record Entry(Duration due, Runnable action) {}

  @Override
  public Runnable after(Duration time, Runnable action) {
    var entry = new Entry(now.plus(time), action);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** Does what is due on the way, in order. */
  void advance(Duration time) {
    var end = now.plus(time);
    while (true) {
      var next =
          entries.stream()
              .filter(entry -> entry.due().compareTo(end) <= 0)
              .min(Comparator.comparing(Entry::due));
      if (next.isEmpty()) {
        now = end;
        return;
      }
      now = next.get().due();
      entries.remove(next.get());
      next.get().action().run();
    }
  }

  /** How many are set. */
  int set() {
    return entries.size();
  }
}
