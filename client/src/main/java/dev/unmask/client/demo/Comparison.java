package dev.unmask.client.demo;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.type.v1.Usage;
import java.util.List;
import java.util.Locale;

/**
 * What one question took when it was asked first, and when it was asked again.
 *
 * @param first computed, and published
 * @param again with the states the first one left
 */
public record Comparison(Usage first, Usage again) {
  private static final String UNKNOWN = "-";

  /** A table, one line a figure. */
  public List<String> lines() {
    return List.of(
        row("", "first", "again", ""),
        row("steps", count(first.getSteps()), count(again.getSteps()), ""),
        row("tokens a step", pace(first), pace(again), ""),
        row("rows computed", rows(first), rows(again), uncached()),
        row("time to first block", firstBlock(first), firstBlock(again), sooner()),
        row("time to answer", duration(first), duration(again), ""),
        row("pages computed", count(first.getPagesMissed()), count(again.getPagesMissed()), ""),
        row("pages from the cache", count(first.getPagesHit()), count(again.getPagesHit()), ""),
        row("positions kept here", kept(first), kept(again), ""),
        row("sharing", sharing(first), sharing(again), ""),
        row("estimated, to compute", computing(first), computing(again), ""),
        row("estimated, to fetch", fetching(first), fetching(again), chosen()));
  }

  private static String row(String name, String first, String again, String note) {
    return String.format("%-21s%10s%14s   %s", name, first, again, note).stripTrailing();
  }

  private String uncached() {
    return "of " + count(first.getRowsUncached()) + " without any cache";
  }

  private String sooner() {
    double ratio =
        (double) Durations.toNanos(first.getTimeToFirstBlock())
            / Math.max(1, Durations.toNanos(again.getTimeToFirstBlock()));
    return String.format(Locale.ROOT, "%.1f times sooner", ratio);
  }

  private static String rows(Usage usage) {
    return count(usage.getRowsComputed());
  }

  /** What stood on the worker's device already. */
  private static String kept(Usage usage) {
    return count(usage.getPositionsReusedDevice());
  }

  private static String pace(Usage usage) {
    return String.format(Locale.ROOT, "%.1f", usage.getTokensPerStep());
  }

  private static String firstBlock(Usage usage) {
    return Durations.toMillis(usage.getTimeToFirstBlock()) + " ms";
  }

  private static String duration(Usage usage) {
    return Durations.toMillis(usage.getDuration()) + " ms";
  }

  private static String sharing(Usage usage) {
    return usage.getSharingMode().name().replace("SHARING_MODE_", "").toLowerCase(Locale.ROOT);
  }

  private static String computing(Usage usage) {
    return estimate(usage.getSharingDecision().getComputeEstimate());
  }

  private static String fetching(Usage usage) {
    return estimate(usage.getSharingDecision().getFetchEstimate());
  }

  /** Nothing was measured, or there was nothing to fetch. */
  private static String estimate(Duration estimate) {
    return Durations.toNanos(estimate) == 0 ? UNKNOWN : Durations.toMillis(estimate) + " ms";
  }

  private String chosen() {
    if (again.getSharingDecision().getFetched()) {
      return "so it was fetched";
    }
    return fetching(again).equals(UNKNOWN) ? "" : "so it was computed";
  }

  private static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
