package dev.unmask.client.load.search;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What to search, as options. */
public final class SearchOptions {
  @Option(
      names = "--search",
      description = "search the highest rate the server bears, from --rate (default: 1) on")
  private boolean search;

  @Option(
      names = "--slo-first-block",
      paramLabel = "TIME",
      description = "--search: longest p95 of time to first block, e.g. 500ms")
  private Optional<Duration> firstBlock = Optional.empty();

  @Option(
      names = "--slo-total",
      paramLabel = "TIME",
      description = "--search: longest p95 of total time, e.g. 5s")
  private Optional<Duration> total = Optional.empty();

  /**
   * The promise to search the limit of; empty when nothing is searched.
   *
   * @throws IllegalArgumentException when a bound is given without a search, or is not above 0
   */
  public Optional<Promise> promise() {
    require("--slo-first-block", firstBlock);
    require("--slo-total", total);
    return search ? Optional.of(new Promise(firstBlock, total)) : Optional.empty();
  }

  private void require(String option, Optional<Duration> bound) {
    if (bound.isPresent() && !search) {
      throw new IllegalArgumentException(option + " belongs to --search");
    }
    if (bound.isPresent() && !bound.get().isPositive()) {
      throw new IllegalArgumentException(option + " must be above 0");
    }
  }
}
