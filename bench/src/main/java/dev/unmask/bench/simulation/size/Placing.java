package dev.unmask.bench.simulation.size;

import dev.unmask.worker.pages.placement.Rendezvous;
import java.io.PrintStream;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** How many states change their cache-service when one comes or goes, by the workers' own hash. */
public final class Placing {
  private static final int STATES = 100_000;

  private Placing() {}

  /** Prints a row for each number of cache-services. */
  public static void print(int[] caches, PrintStream out) {
    out.println(
        "| cache-services | fullest / mean | one joins: states that move | one leaves: states that"
            + " move |");
    out.println("|---|---|---|---|");
    for (int count : caches) {
      int[] now = homes(count);
      int[] sizes = new int[count];
      IntStream.of(now).forEach(home -> sizes[home]++);
      out.printf(
          Locale.ROOT,
          "| %d | %.3f | %.2f %% | %.2f %% |%n",
          count,
          IntStream.of(sizes).max().orElse(0) * (double) count / STATES,
          100 * moved(now, homes(count + 1)),
          100 * moved(now, homes(count - 1)));
    }
  }

  private static double moved(int[] before, int[] after) {
    return IntStream.range(0, STATES).filter(state -> before[state] != after[state]).count()
        / (double) STATES;
  }

  private static int[] homes(int caches) {
    long[] seeds =
        IntStream.range(0, caches)
            .mapToLong(number -> Rendezvous.seed("cache-" + number + ":7443"))
            .toArray();
    var random = new SplittableRandom(1);
    return IntStream.range(0, STATES).map(_ -> home(random.nextLong(), seeds)).toArray();
  }

  private static int home(long state, long... seeds) {
    int heaviest = 0;
    for (int i = 1; i < seeds.length; i++) {
      if (Rendezvous.weight(state, seeds[i]) > Rendezvous.weight(state, seeds[heaviest])) {
        heaviest = i;
      }
    }
    return heaviest;
  }
}
