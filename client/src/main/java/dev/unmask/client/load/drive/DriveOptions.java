package dev.unmask.client.load.drive;

import dev.unmask.client.load.measure.Load;
import dev.unmask.contract.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How much to ask, and how long, as options. */
public final class DriveOptions {
  private static final Duration DURATION = Duration.ofSeconds(20);

  @Option(
      names = "--rate",
      paramLabel = "R",
      split = ",",
      description =
          "open loop: R requests a second with Poisson arrivals, latency counted from when they"
              + " should have been sent; several are measured one after the other")
  private List<Double> rates = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      split = ",",
      description =
          "closed loop: N streams, each starting its next request at once; several are measured"
              + " one after the other")
  private List<Integer> concurrencies = List.of();

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description = "measured time of each load, e.g. 90s (default: 20s, or until --requests)")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "end a load when N measured requests have arrived")
  private Optional<Integer> requests = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "5s",
      description = "time under each load that does not count (default: ${DEFAULT-VALUE})")
  private Duration warmUp = Duration.ZERO;

  /**
   * The loads to measure.
   *
   * @throws IllegalArgumentException when there are none or too many, or one is out of bounds
   */
  public List<Load> loads() {
    if (rates.isEmpty() == concurrencies.isEmpty()) {
      throw new IllegalArgumentException(
          rates.isEmpty()
              ? "which load? --rate R, --concurrency N or --search"
              : "--rate and --concurrency: give one");
    }
    if (rates.size() + concurrencies.size() > Limits.LOADS) {
      throw new IllegalArgumentException("at most " + Limits.LOADS + " loads are measured");
    }
    return rates.isEmpty()
        ? concurrencies.stream().<Load>map(Load.Concurrency::new).toList()
        : rates.stream().<Load>map(Load.Rate::new).toList();
  }

  /**
   * The rate a search begins with.
   *
   * @throws IllegalArgumentException when several are given, or streams
   */
  public double firstRate() {
    if (rates.size() > 1 || !concurrencies.isEmpty()) {
      throw new IllegalArgumentException("--search takes one --rate to begin with, or none");
    }
    return rates.isEmpty() ? 1 : new Load.Rate(rates.getFirst()).rate();
  }

  /**
   * How long each load is measured.
   *
   * @throws IllegalArgumentException when a bound is broken, naming the option
   */
  public Span span() {
    return new Span(
        warmUp,
        duration.orElse(requests.isPresent() ? Limits.LOAD_TIME : DURATION),
        requests.map(OptionalInt::of).orElse(OptionalInt.empty()),
        Bounds.LIMITS);
  }
}
