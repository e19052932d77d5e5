package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.cache.CacheNode;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.bench.simulation.worker.WorkerNode;
import java.time.Duration;
import java.util.function.Supplier;

/** What goes wrong in a run, and is over after a while: drawn at its beginning. */
final class Faults {
  private static final int MOST = 8;
  private static final long WITHIN = Duration.ofSeconds(4).toNanos();
  private static final long LONGEST = Duration.ofSeconds(6).toNanos();

  private final Timeline timeline;
  private final Fleet fleet;

  Faults(Timeline timeline, Fleet fleet) {
    this.timeline = timeline;
    this.fleet = fleet;
  }

  void draw() {
    int count = draw(MOST + 1);
    for (int i = 0; i < count; i++) {
      long at = timeline.random().nextLong(WITHIN);
      long lasts = timeline.random().nextLong(LONGEST);
      if (fleet.caches().isEmpty() || draw(3) > 0) {
        ofWorker(fleet.workers().get(draw(fleet.workers().size())), at, lasts);
      } else {
        ofCache(fleet.caches().get(draw(fleet.caches().size())), at, lasts);
      }
    }
  }

  private int draw(int bound) {
    return timeline.random().nextInt(bound);
  }

  private void ofWorker(WorkerNode worker, long at, long lasts) {
    int line = fleet.workers().indexOf(worker);
    switch (draw(7)) {
      case 0, 1 -> {
        timeline.after(at, worker::die);
        timeline.after(at + lasts, worker::begin);
      }
      case 2 -> stop(at, lasts, worker::host);
      case 3 -> {
        int times = 2 + draw(40);
        timeline.after(at, () -> worker.slow(times));
        timeline.after(at + lasts, () -> worker.slow(1));
      }
      case 4 -> {
        int forwards = 1 + draw(2);
        timeline.after(at, () -> worker.failForwards(forwards));
      }
      case 5 -> {
        timeline.after(at, () -> fleet.gateway().loses(line));
        timeline.after(at + lasts, () -> fleet.gateway().finds());
      }
      default -> timeline.after(at, () -> fleet.gateway().breakOff(line));
    }
  }

  private void ofCache(CacheNode cache, long at, long lasts) {
    switch (draw(3)) {
      case 0 -> {
        boolean keeps = timeline.random().nextBoolean();
        timeline.after(at, cache::die);
        timeline.after(at + lasts, () -> cache.begin(keeps));
      }
      case 1 -> stop(at, lasts, cache::host);
      default -> {
        int choice = draw(1 << 20);
        timeline.after(at, () -> cache.damage(choice));
      }
    }
  }

  private void stop(long at, long lasts, Supplier<Host> process) {
    timeline.after(
        at,
        () -> {
          var host = process.get();
          timeline.note("a process is stopped", lasts);
          host.stop();
          timeline.after(lasts, host::go);
        });
  }
}
