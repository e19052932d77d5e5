package dev.unmask.bench.tenants;

import dev.unmask.bench.fleet.Fleet;
import dev.unmask.bench.fleet.Outcome;
import dev.unmask.bench.fleet.Requests;
import dev.unmask.bench.fleet.SteadyRun;
import dev.unmask.client.UnmaskClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What a tenant notices of another one that asks for ten times its quota: times of the same steady
 * requests alone, beside the other one within its quota, and beside it at ten times its quota, in
 * turns.
 *
 * <p>Arguments: folder of a checkpoint, file of JVM flags, workers, requests a second of the one,
 * the other one's quota, seconds a turn, rounds.
 */
public final class FairShare {
  private static final int OVER = 10;

  /** What the other tenant does. */
  private enum Neighbour {
    AWAY(0),
    WITHIN_QUOTA(1),
    TEN_TIMES_QUOTA(OVER);

    private final int times;

    Neighbour(int times) {
      this.times = times;
    }
  }

  private final UnmaskClient a;
  private final UnmaskClient b;
  private final double quota;
  private final double rate;

  private FairShare(UnmaskClient a, UnmaskClient b, double quota, double rate) {
    this.a = a;
    this.b = b;
    this.quota = quota;
    this.rate = rate;
  }

  /** Runs and prints. */
  public static void main(String[] arguments) throws Exception {
    double rate = Double.parseDouble(arguments[3]);
    double quota = Double.parseDouble(arguments[4]);
    double seconds = Double.parseDouble(arguments[5]);
    var tenants = Tenants.write("{requests-per-second: %s, burst: 1}".formatted(arguments[4]));
    var setup =
        new Fleet.Setup(
            Path.of(arguments[1]),
            Path.of(arguments[0]),
            Integer.parseInt(arguments[2]),
            Tenants.SECRETS,
            Map.of("unmask.gateway.tenants", tenants.file().toString()));
    try (var fleet = Fleet.start(setup);
        var a = fleet.client(tenants.a());
        var b = fleet.client(tenants.b())) {
      fleet.awaitServing(b, Requests.quick(0));
      var run = new FairShare(a, b, quota, rate);
      var _ = run.turn(Neighbour.TEN_TIMES_QUOTA, seconds);
      run.print(run.rounds(Integer.parseInt(arguments[6]), seconds));
    }
  }

  /** Of one turn: the tenant's requests and the other one's. */
  private record Turn(List<Outcome> ofB, List<Outcome> ofA) {}

  private Map<Neighbour, Turn> rounds(int rounds, double seconds) throws Exception {
    var all = new EnumMap<Neighbour, Turn>(Neighbour.class);
    for (int round = 0; round < rounds; round++) {
      for (var neighbour : Neighbour.values()) {
        var turn = turn(neighbour, seconds);
        var sum =
            all.computeIfAbsent(neighbour, _ -> new Turn(new ArrayList<>(), new ArrayList<>()));
        sum.ofA().addAll(turn.ofA());
        sum.ofB().addAll(turn.ofB());
      }
    }
    return all;
  }

  private Turn turn(Neighbour neighbour, double seconds) throws Exception {
    var ofA = CompletableFuture.supplyAsync(() -> steady(a, neighbour.times * quota, seconds));
    var ofB = steady(b, rate, seconds);
    return new Turn(ofB, ofA.get());
  }

  private static List<Outcome> steady(UnmaskClient client, double rate, double seconds) {
    var requests = Requests.many((int) (rate * seconds), Requests::quick);
    try {
      return new SteadyRun(client, requests, Duration.ofNanos((long) (1e9 / rate))).run();
    } catch (ExecutionException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private void print(Map<Neighbour, Turn> turns) {
    System.out.println(
        "| the other tenant | its requests | answered | this tenant's | failed | p50 (ms) | p99 (ms)"
            + " | p99 against alone |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    double alone = Outcome.quantile(turns.get(Neighbour.AWAY).ofB(), .99);
    turns.forEach((neighbour, turn) -> {
      double p99 = Outcome.quantile(turn.ofB(), .99);
      System.out.printf(
          "| %s | %d | %d | %d | %d | %.1f | %.1f | %.2f |%n",
          neighbour,
          turn.ofA().size(),
          turn.ofA().size() - failed(turn.ofA()),
          turn.ofB().size(),
          failed(turn.ofB()),
          1000 * Outcome.quantile(turn.ofB(), .5),
          1000 * p99,
          p99 / alone);
    });
  }

  private static long failed(List<Outcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.failure().isPresent()).count();
  }
}
