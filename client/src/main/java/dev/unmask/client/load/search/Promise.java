package dev.unmask.client.load.search;

import dev.unmask.client.load.measure.Distribution;
import dev.unmask.client.load.measure.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server must keep to at a rate: nearly every request is answered, answers come as fast as
 * requests, and 95 of 100 of them within the given times.
 *
 * @param firstBlock longest time to the first block
 * @param total longest time to the end
 */
public record Promise(Optional<Duration> firstBlock, Optional<Duration> total) {
  /** Largest share of requests without an answer. */
  private static final double LOST_SHARE = 0.01;

  /** Largest growth of the requests under way, over those that arrived. */
  private static final double BACKLOG_SHARE = 0.1;

  /** Growth that says nothing, because so many are under way by chance. */
  private static final int BACKLOG_LEAST = 3;

  private static final double NANOS = 1e6;

  /** Why the promise was broken; empty when it was kept. */
  public List<String> broken(Level level) {
    var reasons = new ArrayList<String>();
    var counts = level.counts();
    if (counts.completed() == 0) {
      reasons.add("no request was answered");
    }
    late("time to first block", level.latencies().firstBlock(), firstBlock).ifPresent(reasons::add);
    late("total time", level.latencies().total(), total).ifPresent(reasons::add);
    if (counts.lost() > LOST_SHARE * counts.arrived()) {
      reasons.add(counts.lost() + " of " + counts.arrived() + " requests were not answered");
    }
    if (counts.backlog() > BACKLOG_LEAST + BACKLOG_SHARE * counts.arrived()) {
      reasons.add(
          "answers fell behind: %d requests arrived, %d ended"
              .formatted(counts.arrived(), counts.ended()));
    }
    return reasons;
  }

  /** The given times by name, in milliseconds. */
  public Map<String, Double> bounds() {
    var bounds = new TreeMap<String, Double>();
    firstBlock.ifPresent(time -> bounds.put("first_block_p95", millis(time)));
    total.ifPresent(time -> bounds.put("total_p95", millis(time)));
    return bounds;
  }

  private static Optional<String> late(String what, Distribution times, Optional<Duration> most) {
    return most.filter(time -> times.count() > 0 && times.p95() > millis(time))
        .map(time ->
            String.format(
                Locale.ROOT,
                "p95 of %s %.0f ms is above %.0f ms",
                what,
                times.p95(),
                millis(time)));
  }

  private static double millis(Duration time) {
    return time.toNanos() / NANOS;
  }
}
