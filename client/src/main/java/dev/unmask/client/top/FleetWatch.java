package dev.unmask.client.top;

import dev.unmask.client.top.scrape.Change;
import dev.unmask.client.top.scrape.Reading;
import dev.unmask.client.top.scrape.Scraper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks all services again and again. For one thread. */
public final class FleetWatch {
  private final List<Target> targets;
  private final Scraper scraper;
  private final Map<Target, Reading> last = new HashMap<>();
  private final Set<Target> found = new HashSet<>();

  /** Has asked nobody yet. */
  public FleetWatch(List<Target> targets, Scraper scraper) {
    this.targets = List.copyOf(targets);
    this.scraper = scraper;
  }

  /**
   * Asks all at once, and waits for the slowest.
   *
   * @return those that are to be shown, in their order
   * @throws InterruptedException if this thread is interrupted
   */
  public List<Watched> look() throws InterruptedException {
    var readings = readings();
    var shown = new ArrayList<Watched>();
    for (int i = 0; i < targets.size(); i++) {
      var target = targets.get(i);
      var change = new Change(Optional.ofNullable(last.get(target)), readings.get(i));
      last.put(target, readings.get(i));
      if (change.reached()) {
        found.add(target);
      }
      if (target.named() || found.contains(target)) {
        shown.add(new Watched(target, change));
      }
    }
    return shown;
  }

  private List<Reading> readings() throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ArrayList<Callable<Reading>>();
      targets.forEach(target -> asking.add(() -> scraper.read(target.page())));
      var readings = new ArrayList<Reading>();
      for (Future<Reading> reading : threads.invokeAll(asking)) {
        readings.add(reading.get());
      }
      return readings;
    } catch (ExecutionException e) {
      throw new IllegalStateException("a reading holds its own failure", e);
    }
  }
}
