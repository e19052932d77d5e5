package dev.unmask.bench.faults;

import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.Outcome;
import dev.unmask.bench.fleet.Requests;
import dev.unmask.bench.fleet.SteadyRun;
import dev.unmask.client.Answer;
import dev.unmask.type.v1.Usage;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * What clients notice of lost workers: of two, one is killed after a quarter of the requests, and
 * the other one after five eighths; each is started again at once. The same requests without losses
 * go before, for comparison.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, requests, requests a second,
 * {@code quick} or {@code slow} ones.
 */
public final class WorkerLoss {
  private static final String MODEL = "unmask-mini-llada";
  private static final int WARM_UP = 50;

  private WorkerLoss() {}

  /** Runs both and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int count = Integer.parseInt(arguments[2]);
    var interval = Duration.ofNanos((long) (1e9 / Double.parseDouble(arguments[3])));
    var requests =
        Requests.many(count, arguments[4].equals("slow") ? Requests::slow : Requests::quick);
    var model = Path.of(arguments[0]).resolve(MODEL);
    var setup = new Fleet.Setup(Path.of(arguments[1]), model, 2, Map.of(), Map.of());
    try (var fleet = Fleet.start(setup);
        var client = fleet.client()) {
      fleet.awaitServing(client, requests.getFirst());
      var _ = new SteadyRun(client, requests.subList(0, Math.min(WARM_UP, count)), interval).run();
      var calm = new SteadyRun(client, requests, interval).run();
      var losses = lose(fleet, interval.multipliedBy(count));
      var lossy = new SteadyRun(client, requests, interval).run();
      losses.join();
      print(calm, lossy);
    }
  }

  private static CompletableFuture<Void> lose(Fleet fleet, Duration whole) {
    return CompletableFuture.allOf(
        lose(fleet, 0, whole.toNanos() / 4), lose(fleet, 1, whole.toNanos() / 8 * 5));
  }

  private static CompletableFuture<Void> lose(Fleet fleet, int number, long afterNanos) {
    return CompletableFuture.runAsync(
        () -> fleet.killAndRelaunch(number),
        CompletableFuture.delayedExecutor(afterNanos, TimeUnit.NANOSECONDS));
  }

  private static void print(List<Outcome> calm, List<Outcome> lossy) {
    System.out.println("| | no loss | two losses |\n|---|---|---|");
    row("requests", calm.size(), lossy.size());
    row("refused, as too many wait", refused(calm), refused(lossy));
    row("lost", lost(calm), lost(lossy));
    row("contradicted", contradicted(calm), contradicted(lossy));
    row("opened anew once", reopened(calm, 1), reopened(lossy, 1));
    row("opened anew twice", reopened(calm, 2), reopened(lossy, 2));
    row("other tokens than without losses", 0L, different(calm, lossy));
    row("steps made again, at most", 0L, madeAgain(calm, lossy));
    for (double share : new double[] {0.5, 0.99, 1}) {
      row(
          "p%.0f (s)".formatted(share * 100),
          Outcome.quantile(calm, share),
          Outcome.quantile(lossy, share));
    }
  }

  private static void row(String what, long calm, long lossy) {
    System.out.printf("| %s | %d | %d |%n", what, calm, lossy);
  }

  private static void row(String what, double calm, double lossy) {
    System.out.printf("| %s | %.3f | %.3f |%n", what, calm, lossy);
  }

  private static long refused(List<Outcome> outcomes) {
    return outcomes.stream().filter(WorkerLoss::refused).count();
  }

  private static boolean refused(Outcome outcome) {
    return outcome
        .failure()
        .filter(failure -> failure.code() == Status.Code.RESOURCE_EXHAUSTED)
        .isPresent();
  }

  private static long lost(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.answer().isEmpty()).count()
        - refused(outcomes);
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

  /** Steps that a request which was opened anew took more than without losses, at most. */
  private static long madeAgain(List<Outcome> calm, List<Outcome> lossy) {
    return IntStream.range(0, calm.size())
        .filter(i -> usage(lossy.get(i)).getReopened() > 0)
        .map(i -> usage(lossy.get(i)).getSteps() - usage(calm.get(i)).getSteps())
        .max()
        .orElse(0);
  }

  private static Usage usage(Outcome outcome) {
    return outcome.answer().map(Answer::usage).orElse(Usage.getDefaultInstance());
  }

  private static List<Integer> tokens(Outcome outcome) {
    return outcome.answer().map(Answer::tokens).orElse(List.of());
  }
}
