package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.gateway.Client;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.time.Chronicle;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.worker.text.TextTokenizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One run: a function of its seed. A fleet is drawn, clients ask, things go wrong; then everything
 * is well again, and must come to rest.
 */
public final class Simulation {
  /** Faults are over after 10 s; a request that has no deadline must not take much longer. */
  private static final long LONGEST = Duration.ofSeconds(150).toNanos();

  /** Leases of the dead are over by then. */
  private static final long REST = Duration.ofMinutes(2).toNanos();

  private final long seed;
  private final Chronicle chronicle;
  private final Timeline timeline;
  private final Fleet fleet;
  private final List<Client> clients;
  private final List<String> broken = new ArrayList<>();

  private Simulation(long seed, Chronicle chronicle, Sabotage sabotage, TextTokenizer tokenizer) {
    this.seed = seed;
    this.chronicle = chronicle;
    timeline = new Timeline(new SplittableRandom(seed), chronicle);
    var plan = new Plan(timeline, sabotage, tokenizer);
    fleet = plan.fleet();
    clients = plan.clients(fleet.gateway());
    new Faults(timeline, fleet).draw();
  }

  /**
   * Runs a seed.
   *
   * @param chronicle of what happens
   * @param tokenizer of the model
   */
  public static Verdict run(
      long seed, Chronicle chronicle, Sabotage sabotage, TextTokenizer tokenizer) {
    return new Simulation(seed, chronicle, sabotage, tokenizer).run();
  }

  private Verdict run() {
    while (busy() && sound() && happens(LONGEST)) {
      // Each event is checked as it happens.
    }
    if (sound()) {
      clients.stream()
          .filter(client -> client.end().isEmpty())
          .forEach(client ->
              broken.add("liveness: " + client.wish().request().getRequestId() + " never ends"));
    }
    rest();
    clients.forEach(client ->
        client.transcript().judged(fleet.gateway().reopened()).stream()
            .map(what -> client.wish().request().getRequestId() + " " + what)
            .forEach(broken::add));
    long digest = chronicle.digest();
    end();
    timeline.failures().forEach(failure -> broken.add(String.valueOf(failure)));
    return new Verdict(seed, broken.stream().distinct().toList(), digest, counts());
  }

  private boolean busy() {
    return clients.stream().anyMatch(client -> client.end().isEmpty());
  }

  private boolean sound() {
    return broken.isEmpty() && timeline.failures().isEmpty();
  }

  private boolean happens(long before) {
    try {
      boolean happened = timeline.next(before);
      fleet.check();
      return happened;
    } catch (BrokenInvariant e) {
      broken.add(e.getMessage());
    } catch (RuntimeException e) {
      broken.add("a bug: " + e);
      timeline.failed(e);
    }
    return false;
  }

  private void rest() {
    fleet.recover();
    fleet.gateway().close();
    long end = timeline.now() + REST;
    while (sound() && fleet.taken() > 0 && happens(end)) {
      // What is under way comes to its end.
    }
    if (sound() && fleet.taken() > 0) {
      broken.add("I5: at rest " + fleet.taken() + " things are taken");
    }
  }

  private void end() {
    fleet.end();
    long end = timeline.now() + REST;
    while (happens(end)) {
      // Threads end.
    }
  }

  private Verdict.Counts counts() {
    return new Verdict.Counts(
        timeline.happened(),
        clients.size(),
        clients.stream().filter(client -> client.transcript().whole()).count(),
        fleet.gateway().reopened(),
        clients.stream().mapToLong(client -> client.transcript().pagesHit()).sum());
  }
}
