package dev.unmask.bench.gateway;

import dev.unmask.bench.fleet.Quantile;
import dev.unmask.bench.gateway.Relay.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What a gateway adds to the time to a request's first message, with many streams open at once that
 * tell a token a step. Calls to the worker itself and through the gateway take turns, a round each.
 *
 * <p>Arguments: file of JVM flags, streams at once, rounds, milliseconds a step.
 */
public final class FirstMessage {
  private static final int TOKENS = 32;
  private static final int CALLS_A_STREAM = 10;
  private static final int WARM_UP = 5;

  private FirstMessage() {}

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    var streams = new Streams(Integer.parseInt(arguments[1]));
    var step = Duration.ofMillis(Long.parseLong(arguments[3]));
    try (var relay = Relay.start(Path.of(arguments[0]), step)) {
      var worker = new ArrayList<Double>();
      var gateway = new ArrayList<Double>();
      for (int round = 0; round < WARM_UP + Integer.parseInt(arguments[2]); round++) {
        if (round == WARM_UP) {
          worker.clear();
          gateway.clear();
        }
        worker.addAll(first(streams, relay.straight(), step));
        gateway.addAll(first(streams, relay.through(), step));
      }
      print(worker, gateway);
    }
  }

  /** Milliseconds to the first message of all calls. */
  private static List<Double> first(Streams streams, Way way, Duration step)
      throws InterruptedException, ExecutionException {
    return streams.together(() -> first(way, step)).stream().flatMap(List::stream).toList();
  }

  /** Of one call after the other, the first one at some time within a call's. */
  private static List<Double> first(Way way, Duration step) throws InterruptedException {
    Thread.sleep(ThreadLocalRandom.current().nextLong(TOKENS * step.toMillis()));
    var times = new ArrayList<Double>();
    for (int call = 0; call < CALLS_A_STREAM; call++) {
      long start = System.nanoTime();
      var messages = way.call(TOKENS);
      messages.next();
      times.add((System.nanoTime() - start) / 1e6);
      messages.forEachRemaining(_ -> {});
    }
    return times;
  }

  private static void print(List<Double> worker, List<Double> gateway) {
    System.out.println("| first message (ms) | worker | through the gateway | added |");
    System.out.println("|---|---|---|---|");
    for (double share : new double[] {.5, .99}) {
      double alone = Quantile.of(worker, share);
      double with = Quantile.of(gateway, share);
      System.out.printf("| p%.0f | %.2f | %.2f | %.2f |%n", share * 100, alone, with, with - alone);
    }
  }
}
