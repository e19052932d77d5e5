package dev.unmask.gateway.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A timer whose time passes only when a test says so. */
public final class ManualTimer implements Timer {
  private record Due(Duration at, Runnable task) {}

  private final List<Due> due = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    due.add(new Due(now.plus(delay), task));
  }

  /** Tasks that are not due yet. */
  public synchronized int waiting() {
    return due.size();
  }

  /** Lets time pass and runs what became due, oldest first. */
  public void advance(Duration time) {
    List<Due> ripe;
    synchronized (this) {
      now = now.plus(time);
      ripe =
          due.stream()
              .filter(task -> task.at().compareTo(now) <= 0)
              .sorted(Comparator.comparing(Due::at))
              .toList();
      due.removeAll(ripe);
    }
    ripe.forEach(task -> task.task().run());
  }
}
