package dev.unmask.bench.simulation.size;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Fleets of several sizes under several loads, as a table. */
public final class Sizes {
  private static final Costs COSTS = new Costs(4, 30, 10, 16, 64);
  private static final Duration POLL = Duration.ofMillis(250);
  private static final double[] LOADS = {0.5, 0.8, 0.95};
  private static final int[] GATEWAYS = {1, 4};
  private static final double REQUESTS = 20_000;
  private static final double LONGEST_SECONDS = 120;
  private static final double SHORTEST_SECONDS = 2;
  private static final double LOSS_LOAD = 0.8;

  private Sizes() {}

  /** Prints a row for each number of workers, gateways and load, and what a loss does. */
  public static void print(int[] workers, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "A worker has %d slots; a request takes %.0f ms and %d to %d steps of %.0f ms.%n%n",
        COSTS.slots(),
        COSTS.prefillMillis(),
        COSTS.fewestSteps(),
        COSTS.mostSteps(),
        COSTS.stepMillis());
    out.println(
        "| workers | gateways | load | requests/s | polls/s a gateway | first event p50 | p95 | p99 |"
            + " fullest worker / mean | failed |");
    out.println("|---|---|---|---|---|---|---|---|---|---|");
    for (int count : workers) {
      for (int gateways : GATEWAYS) {
        for (double load : LOADS) {
          row(new Steady.Setting(count, gateways, load, POLL), out);
        }
      }
    }
    losses(workers, out);
  }

  private static void row(Steady.Setting setting, PrintStream out) {
    double rate = setting.load() * COSTS.most(setting.workers());
    double seconds = Math.clamp(REQUESTS / rate, SHORTEST_SECONDS, LONGEST_SECONDS);
    var seen = new Steady(setting, COSTS, 1).measure(Duration.ofMillis(Math.round(seconds * 1000)));
    out.printf(
        Locale.ROOT,
        "| %d | %d | %.0f %% | %.0f | %.0f | %.1f ms | %.1f ms | %.1f ms | %.2f | %d |%n",
        setting.workers(),
        setting.gateways(),
        100 * setting.load(),
        rate,
        seen.pollsPerSecond(),
        seen.wait(0.5),
        seen.wait(0.95),
        seen.wait(0.99),
        seen.fullest(),
        seen.failed());
  }

  private static void losses(int[] workers, PrintStream out) {
    out.println();
    out.println("| workers | load | requests it had | opened anew | failed |");
    out.println("|---|---|---|---|---|");
    for (int count : workers) {
      var loss = new Steady(new Steady.Setting(count, 1, LOSS_LOAD, POLL), COSTS, 1).lose();
      out.printf(
          Locale.ROOT,
          "| %d | %.0f %% | %d | %d | %d |%n",
          count,
          100 * LOSS_LOAD,
          loss.lost(),
          loss.reopened(),
          loss.failed());
    }
  }
}
