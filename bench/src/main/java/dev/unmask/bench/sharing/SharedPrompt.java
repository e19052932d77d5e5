package dev.unmask.bench.sharing;

import com.google.protobuf.util.Durations;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much sooner a prompt's second request reaches its first block when another worker computed
 * its first forward: gateway, two workers and cache-service as processes, every long question asked
 * of worker-1 and then of worker-2.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags; or tokens of the shortest and of
 * the longest prompt behind them. Two questions warm the processes up and do not count.
 */
public final class SharedPrompt {
  private static final int LEAST_TOKENS = 800;
  private static final int MOST_TOKENS = 1000;
  private static final int WARM_UP = 2;
  private static final int COUNTED = 20;
  private static final int MOST_TRIES = 1000;

  private SharedPrompt() {}

  /** Runs, prints a row a question and the median ratio. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    int least = arguments.length > 2 ? Integer.parseInt(arguments[2]) : LEAST_TOKENS;
    int most = arguments.length > 2 ? Integer.parseInt(arguments[3]) : MOST_TOKENS;
    try (var services = Services.start(models, Path.of(arguments[1]), 2, true)) {
      var prompts = services.prompts(models, least, most);
      measure(services, prompts.subList(0, Math.min(prompts.size(), WARM_UP + COUNTED)));
    }
  }

  private static void measure(Services services, List<Services.Sized> prompts) {
    var ratios = new ArrayList<Double>();
    int asked = 0;
    System.out.println(
        "| prompt tokens | first, worker-1 (ms) | again, worker-2 (ms) | sooner | pages hit |");
    System.out.println("|---|---|---|---|---|");
    for (var prompt : prompts) {
      var first = services.ask("worker-1", prompt.prompt());
      publishedBy(services, prompt.prompt());
      var again = services.ask("worker-2", prompt.prompt());
      if (asked++ < WARM_UP) {
        continue;
      }
      ratios.add(millis(first) / millis(again));
      System.out.printf(
          "| %d | %.0f | %.0f | %.1f× | %d |%n",
          prompt.tokens(), millis(first), millis(again), ratios.getLast(), again.getPagesHit());
    }
    Collections.sort(ratios);
    System.out.printf(
        "median %.1f× sooner, worst %.1f×, %d questions%n",
        ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.size());
  }

  /** Pages are written behind the first request; the same worker finds them once they are there. */
  private static void publishedBy(Services services, Prompt prompt) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (services.ask("worker-1", prompt).getPagesHit() > 0) {
        return;
      }
    }
    throw new IllegalStateException("worker-1 did not publish its first forward");
  }

  private static double millis(Usage usage) {
    return Durations.toNanos(usage.getTimeToFirstBlock()) / 1e6;
  }
}
