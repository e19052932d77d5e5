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
 * the longest prompt behind them. Questions of other lengths warm the processes up.
 */
public final class SharedPrompt {
  private static final int LEAST_TOKENS = 800;
  private static final int MOST_TOKENS = 1000;
  private static final int WARM_UP = 150;
  private static final int COUNTED = 20;
  private static final int MOST_TRIES = 1000;

  private SharedPrompt() {}

  /** Runs, prints a row a question and the median ratio. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    int least = arguments.length > 2 ? Integer.parseInt(arguments[2]) : LEAST_TOKENS;
    int most = arguments.length > 2 ? Integer.parseInt(arguments[3]) : MOST_TOKENS;
    try (var services = Services.start(models, Path.of(arguments[1]), 2, true)) {
      var all = services.prompts(models, 1, Integer.MAX_VALUE);
      all.stream()
          .filter(prompt -> !within(prompt, least, most))
          .limit(WARM_UP)
          .forEach(prompt -> ask(services, prompt));
      measure(
          services,
          all.stream().filter(prompt -> within(prompt, least, most)).limit(COUNTED).toList());
    }
  }

  private static void measure(Services services, List<Services.Sized> prompts) {
    var ratios = new ArrayList<Double>();
    System.out.println(
        "| prompt tokens | first, worker-1 (ms) | again, worker-2 (ms) | sooner | pages hit |");
    System.out.println("|---|---|---|---|---|");
    for (var prompt : prompts) {
      var asked = ask(services, prompt);
      var first = asked.first();
      var again = asked.again();
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

  private record Asked(Usage first, Usage again) {}

  private static boolean within(Services.Sized prompt, int least, int most) {
    return prompt.tokens() >= least && prompt.tokens() <= most;
  }

  private static Asked ask(Services services, Services.Sized prompt) {
    var first = services.ask("worker-1", prompt.prompt());
    publishedBy(services, prompt.prompt());
    return new Asked(first, services.ask("worker-2", prompt.prompt()));
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
