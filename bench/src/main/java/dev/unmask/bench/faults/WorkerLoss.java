package dev.unmask.bench.faults;

import dev.unmask.bench.faults.SteadyRun.Outcome;
import dev.unmask.client.Answer;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What clients notice of lost workers: of two, one is killed after a quarter of the requests, and
 * the other one after five eighths; each is started again at once. The same requests without losses
 * go before, for comparison.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, requests, requests a second.
 */
public final class WorkerLoss {
  private static final String MODEL = "unmask-mini-llada";
  private static final int WARM_UP = 50;

  private WorkerLoss() {}

  /** Runs both and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[2]);
    var interval = Duration.ofNanos((long) (1e9 / Double.parseDouble(arguments[3])));
    var requests = IntStream.range(0, count).mapToObj(WorkerLoss::request).toList();
    try (var workers =
        new Workers(Path.of(arguments[1]), Path.of(arguments[0]).resolve(MODEL), 2)) {
      workers.awaitServing(0, request(0));
      workers.awaitServing(1, request(0));
      var client = workers.client();
      var _ = new SteadyRun(client, requests.subList(0, Math.min(WARM_UP, count)), interval).run();
      var calm = new SteadyRun(client, requests, interval).run();
      var losses = lose(workers, interval.multipliedBy(count));
      var lossy = new SteadyRun(client, requests, interval).run();
      losses.join();
      print(calm, lossy);
    }
  }

  private static CompletableFuture<Void> lose(Workers workers, Duration whole) {
    return CompletableFuture.allOf(
        lose(workers, 0, whole.toNanos() / 4), lose(workers, 1, whole.toNanos() / 8 * 5));
  }

  private static CompletableFuture<Void> lose(Workers workers, int number, long afterNanos) {
    return CompletableFuture.runAsync(
        () -> workers.killAndRelaunch(number),
        CompletableFuture.delayedExecutor(afterNanos, TimeUnit.NANOSECONDS));
  }

  private static GenerateRequest request(int number) {
    var text = "Question: What is %d and %d?\nAnswer:".formatted(number % 97, number);
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setText(text))
        .setSpec(DecodingSpec.newBuilder().setGenerationLength(32))
        .build();
  }

  private static void print(List<Outcome> calm, List<Outcome> lossy) {
    System.out.println("| | no loss | two losses |\n|---|---|---|");
    row("requests", calm.size(), lossy.size());
    row("lost", lost(calm), lost(lossy));
    row("contradicted", contradicted(calm), contradicted(lossy));
    row("opened anew once", reopened(calm, 1), reopened(lossy, 1));
    row("opened anew twice", reopened(calm, 2), reopened(lossy, 2));
    row("other tokens than without losses", 0L, different(calm, lossy));
    for (double share : new double[] {0.5, 0.99, 1}) {
      row("p%.0f (s)".formatted(share * 100), quantile(calm, share), quantile(lossy, share));
    }
    System.out.printf("added p99: %.3f s%n", quantile(lossy, 0.99) - quantile(calm, 0.99));
  }

  private static void row(String what, long calm, long lossy) {
    System.out.printf("| %s | %d | %d |%n", what, calm, lossy);
  }

  private static void row(String what, double calm, double lossy) {
    System.out.printf("| %s | %.3f | %.3f |%n", what, calm, lossy);
  }

  private static long lost(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.answer().isEmpty()).count();
  }

  private static long contradicted(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.broken().isPresent()).count();
  }

  private static long reopened(List<Outcome> outcomes, int times) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.answer().stream())
        .filter(answer -> answer.usage().getReopened() == times)
        .count();
  }

  private static long different(List<Outcome> calm, List<Outcome> lossy) {
    return IntStream.range(0, calm.size())
        .filter(i -> !tokens(calm.get(i)).equals(tokens(lossy.get(i))))
        .count();
  }

  private static List<Integer> tokens(Outcome outcome) {
    return outcome.answer().map(Answer::tokens).orElse(List.of());
  }

  private static double quantile(List<Outcome> outcomes, double share) {
    double[] seconds = outcomes.stream().mapToDouble(Outcome::seconds).sorted().toArray();
    return seconds[Math.min(seconds.length - 1, (int) (share * seconds.length))];
  }
}
