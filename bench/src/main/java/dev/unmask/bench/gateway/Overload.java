package dev.unmask.bench.gateway;

import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.LiveHeap;
import dev.unmask.bench.fleet.Outcome;
import dev.unmask.bench.fleet.Requests;
import dev.unmask.bench.fleet.SteadyRun;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A gateway that is asked for five times what its workers can decode, whether clients wait for
 * answers or not: how soon it refuses what has no room, what it still gets done, and, the same once
 * more because counting stops it for a moment, what lives on its heap. What the workers can decode
 * is measured first, by clients that ask again when they are answered.
 *
 * <p>Arguments: folder of a checkpoint, file of JVM flags, workers, seconds of each.
 */
public final class Overload {
  private static final int TIMES = 5;
  private static final int CLIENTS = 64;
  private static final int SAMPLES = 4;
  private static final double NANOS = 1e9;

  private Overload() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    int workers = Integer.parseInt(arguments[2]);
    long seconds = Long.parseLong(arguments[3]);
    var flags = Path.of(arguments[1]);
    var setup = new Fleet.Setup(flags, Path.of(arguments[0]), workers, Map.of(), Map.of());
    try (var fleet = Fleet.start(setup);
        var client = fleet.client()) {
      fleet.awaitServing(client, Requests.quick(0));
      long gateway = fleet.gateway().handle().pid();
      var _ = peak(client, seconds / 2);
      double peak = peak(client, seconds);
      System.out.printf("peak: %.1f requests/s%n", peak);
      print(flood(client, TIMES * peak, seconds), peak, seconds);
      var heap = Collections.synchronizedList(new ArrayList<Long>());
      heap.add(LiveHeap.bytes(gateway));
      var samples = sample(gateway, seconds, heap);
      var _ = flood(client, TIMES * peak, seconds);
      samples.join();
      heap.add(LiveHeap.bytes(gateway));
      System.out.println(
          "live heap of the gateway (MiB): before, four times during, after: "
              + heap.stream()
                  .map(bytes -> "%.1f".formatted(bytes / (double) (1 << 20)))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Requests a second that clients get answered who ask again at once. */
  private static double peak(UnmaskClient client, long seconds) throws Exception {
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    Callable<Long> asking =
        () -> {
          long answered = 0;
          for (int number = 0; System.nanoTime() < end; number++) {
            client.ask(Requests.quick(number), _ -> {});
            answered++;
          }
          return answered;
        };
    long answered = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var clients = Stream.generate(() -> asking).limit(CLIENTS).toList();
      for (var done : threads.invokeAll(clients)) {
        answered += done.get();
      }
    }
    return answered * NANOS / (System.nanoTime() - start);
  }

  private static List<Outcome> flood(UnmaskClient client, double rate, long seconds)
      throws Exception {
    List<GenerateRequest> requests = Requests.many((int) (rate * seconds), Requests::quick);
    return new SteadyRun(client, requests, Duration.ofNanos((long) (NANOS / rate))).run();
  }

  private static CompletableFuture<Void> sample(long gateway, long seconds, List<Long> heap) {
    var all = Stream.iterate(1, number -> number + 1).limit(SAMPLES);
    return CompletableFuture.allOf(
        all.map(number ->
                CompletableFuture.runAsync(
                    () -> heap.add(LiveHeap.bytes(gateway)),
                    CompletableFuture.delayedExecutor(
                        seconds * number / (SAMPLES + 1), TimeUnit.SECONDS)))
            .toArray(CompletableFuture<?>[]::new));
  }

  private static void print(List<Outcome> outcomes, double peak, long seconds) {
    long end = outcomes.getFirst().due() + TimeUnit.SECONDS.toNanos(seconds);
    var answered = outcomes.stream().filter(outcome -> outcome.failure().isEmpty()).toList();
    double goodput =
        answered.stream().filter(outcome -> outcome.end() <= end).count() / (double) seconds;
    System.out.printf(
        "offered: %d in %d s, answered %d, by then %.1f requests/s (%.0f %% of peak)%n",
        outcomes.size(), seconds, answered.size(), goodput, 100 * goodput / peak);
    var refused =
        outcomes.stream()
            .filter(outcome -> outcome.failure().isPresent())
            .collect(Collectors.groupingBy(outcome -> outcome.failure().orElseThrow().code()));
    System.out.println("| | requests | p50 (ms) | p99 (ms) | longest (ms) |");
    System.out.println("|---|---|---|---|---|");
    row("answered", answered);
    refused.forEach((code, those) -> row(code.name(), those));
  }

  private static void row(String what, List<Outcome> outcomes) {
    System.out.printf(
        "| %s | %d | %.1f | %.1f | %.1f |%n",
        what,
        outcomes.size(),
        1000 * Outcome.quantile(outcomes, .5),
        1000 * Outcome.quantile(outcomes, .99),
        1000 * Outcome.quantile(outcomes, 1));
  }
}
