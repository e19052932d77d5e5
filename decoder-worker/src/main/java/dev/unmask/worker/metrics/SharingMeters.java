package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.worker.pages.PageCounts;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.serving.Sharing;
import dev.unmask.worker.serving.exchange.LookedCounts;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The meters of what came from and went to the cache-services; nought without one. */
record SharingMeters(Metrics metrics, PageCounts counts, LookedCounts looked) {
  static void define(Metrics metrics, Sharing sharing) {
    var meters = new SharingMeters(metrics, sharing.counts(), sharing.looked());
    meters.pages();
    meters.states();
    meters.leases();
    meters.choices();
  }

  private void pages() {
    for (var mode : LookedCounts.MODES) {
      var name = mode.name().replace("SHARING_MODE_", "").toLowerCase(Locale.ROOT);
      metrics.count(
          "unmask_pages_hit_total",
          "Pages that came from a cache-service and were used.",
          () -> looked.hit(mode),
          "mode",
          name);
      metrics.count(
          "unmask_pages_missed_total",
          "Pages asked for and computed instead.",
          () -> looked.missed(mode),
          "mode",
          name);
    }
    metrics.count(
        "unmask_pages_published_total",
        "Pages that a cache-service stored for this worker.",
        counts::published);
  }

  private void states() {
    metrics.count("unmask_states_hit_total", "States that came whole.", counts::hits);
    for (var reason : Miss.values()) {
      metrics.count(
          "unmask_states_missed_total",
          "States that did not come, by reason.",
          () -> counts.misses(reason),
          "reason",
          reason.name().toLowerCase(Locale.ROOT));
    }
    metrics.count(
        "unmask_states_dropped_total",
        "States that were not published: the queue was full, or the service failed.",
        counts::dropped);
  }

  private void leases() {
    lease("granted", counts::granted);
    lease("awaited", counts::awaited);
    lease("held", counts::heldTooLong);
    metrics.seconds(
        "unmask_lease_seconds_total",
        "Time until it was known who computes a state, waits included.",
        counts::leaseNanos);
  }

  private void lease(String outcome, LongSupplier count) {
    metrics.count(
        "unmask_leases_total", "What came of asking for a lease.", count, "outcome", outcome);
  }

  private void choices() {
    choice("fetch", counts::fetched);
    choice("compute", counts::computed);
    estimate("fetch", counts::fetchNanos);
    estimate("compute", counts::computeNanos);
  }

  private void choice(String choice, LongSupplier count) {
    metrics.count(
        "unmask_sharing_choices_total",
        "States that were there, by what was chosen.",
        count,
        "choice",
        choice);
  }

  private void estimate(String choice, LongSupplier nanos) {
    metrics.seconds(
        "unmask_sharing_estimate_seconds_total",
        "Sum of the estimates of fetching and of computing, of states that were weighed.",
        nanos,
        "choice",
        choice);
  }
}
