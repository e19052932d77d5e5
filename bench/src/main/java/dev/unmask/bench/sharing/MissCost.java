package dev.unmask.bench.sharing;

import com.google.protobuf.util.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a cache-service costs those it does not help: the duration of requests that miss, with and
 * without one. Two sets of services as processes, a worker each, asked in turns of ten; no prompt
 * comes twice.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, requests each.
 */
public final class MissCost {
  private static final int TURN = 10;
  private static final int WARM_UP_TURNS = 10;
  private static final int LONGEST = 1000;

  private final List<Double> with = new ArrayList<>();
  private final List<Double> without = new ArrayList<>();
  private int asked;

  private MissCost() {}

  /** Runs and prints both medians and their ratio. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var flags = Path.of(arguments[1]);
    var cost = new MissCost();
    try (var shared = Services.start(models, flags, 1, true);
        var alone = Services.start(models, flags, 1, false)) {
      var prompts = FreshPrompts.read(shared, models, LONGEST);
      cost.turns(shared, alone, prompts, WARM_UP_TURNS);
      cost.with.clear();
      cost.without.clear();
      cost.turns(shared, alone, prompts, Integer.parseInt(arguments[2]) / TURN);
    }
    cost.print();
  }

  private void turns(Services shared, Services alone, FreshPrompts prompts, int turns) {
    for (int turn = 0; turn < turns; turn++) {
      // Who begins changes, so that neither is always measured behind the other's publishing.
      boolean first = turn % 2 == 0;
      ask(first ? shared : alone, prompts, first ? with : without);
      ask(first ? alone : shared, prompts, first ? without : with);
      asked += TURN;
    }
  }

  private void ask(Services services, FreshPrompts prompts, List<Double> times) {
    for (int number = asked; number < asked + TURN; number++) {
      var usage = services.ask("worker-1", prompts.number(number));
      if (usage.getPagesHit() > 0) {
        throw new IllegalStateException("a new prompt was not missed");
      }
      times.add(Durations.toNanos(usage.getDuration()) / 1e6);
    }
  }

  private void print() {
    System.out.println("| | requests | p50 (ms) | p90 (ms) |");
    System.out.println("|---|---|---|---|");
    row("with a cache-service, all missed", with);
    row("without", without);
    System.out.printf("p50 with / without: %.3f%n", quantile(with, .5) / quantile(without, .5));
  }

  private static void row(String name, List<Double> times) {
    System.out.printf(
        "| %s | %d | %.1f | %.1f |%n",
        name, times.size(), quantile(times, .5), quantile(times, .9));
  }

  private static double quantile(List<Double> times, double share) {
    var sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    return sorted.get((int) Math.floor(share * (sorted.size() - 1)));
  }
}
