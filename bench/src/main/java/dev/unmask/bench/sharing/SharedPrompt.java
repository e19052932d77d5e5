package dev.unmask.bench.sharing;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.Exercise;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.OwnProcesses;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Usage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How much sooner a prompt's second request reaches its first block when another worker computed
 * its first forward: gateway, two workers and cache-service as processes, every long question asked
 * of worker-1 and then of worker-2.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags. Two questions warm the processes
 * up and do not count.
 */
public final class SharedPrompt {
  private static final String MODEL = "unmask-mini-llada";
  private static final int LEAST_TOKENS = 800;
  private static final int MOST_TOKENS = 1000;
  private static final int WARM_UP = 2;
  private static final int COUNTED = 20;
  private static final int MOST_TRIES = 1000;

  private SharedPrompt() {}

  /** Runs, prints a row a question and the median ratio. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var plan =
        new Plan(
            List.of(models.resolve(MODEL)),
            2,
            List.of("cpu"),
            0,
            Files.createTempDirectory("pages"),
            Secret.random(new SecureRandom()));
    var host = OwnProcesses.likeThis(Path.of(arguments[1]), System.err, System.err::println);
    try (var cluster = Cluster.start(plan, host);
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      measure(client, Exercise.read(models.resolve("tasks/lookup.jsonl"), 200));
    }
  }

  private static void measure(UnmaskClient client, List<Exercise> questions) {
    var ratios = new ArrayList<Double>();
    int asked = 0;
    System.out.println(
        "| prompt tokens | first, worker-1 (ms) | again, worker-2 (ms) | sooner | pages hit |");
    System.out.println("|---|---|---|---|---|");
    for (var question : questions) {
      var prompt = question.prompt();
      int tokens = client.tokenize(MODEL, prompt).getIdsCount();
      if (tokens < LEAST_TOKENS || tokens > MOST_TOKENS || ratios.size() == COUNTED) {
        continue;
      }
      var first = ask(client, prompt, "worker-1");
      publishedBy(client, prompt);
      var again = ask(client, prompt, "worker-2");
      if (asked++ < WARM_UP) {
        continue;
      }
      ratios.add(millis(first) / millis(again));
      System.out.printf(
          "| %d | %.0f | %.0f | %.1f× | %d |%n",
          tokens, millis(first), millis(again), ratios.getLast(), again.getPagesHit());
    }
    Collections.sort(ratios);
    System.out.printf(
        "median %.1f× sooner, worst %.1f×, %d questions%n",
        ratios.get(ratios.size() / 2), ratios.getFirst(), ratios.size());
  }

  /** Pages are written behind the first request; the same worker finds them once they are there. */
  private static void publishedBy(UnmaskClient client, Prompt prompt) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      if (ask(client, prompt, "worker-1").getPagesHit() > 0) {
        return;
      }
    }
    throw new IllegalStateException("worker-1 did not publish its first forward");
  }

  private static Usage ask(UnmaskClient client, Prompt prompt, String worker) {
    var request =
        GenerateRequest.newBuilder().setModel(MODEL).setPrompt(prompt).setWorker(worker).build();
    return client.ask(request, event -> {}).usage();
  }

  private static double millis(Usage usage) {
    return Durations.toNanos(usage.getTimeToFirstBlock()) / 1e6;
  }
}
