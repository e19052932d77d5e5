package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.cache.CacheNode;
import dev.unmask.bench.simulation.gateway.Client;
import dev.unmask.bench.simulation.gateway.GatewayNode;
import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.bench.simulation.worker.ScriptedModel;
import dev.unmask.bench.simulation.worker.WorkerNode;
import dev.unmask.bench.simulation.worker.WorkerShape;
import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.gateway.access.Quotas;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.worker.text.TextTokenizer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Draws a fleet and what its clients want of it. */
final class Plan {
  private static final List<String> TENANTS = List.of("red", "blue", "grey");
  private static final int SECRET_BYTES = 32;
  private static final int CAUSAL_BLOCK = 8;

  private final Timeline timeline;
  private final Sabotage sabotage;
  private final RandomGenerator random;
  private final ScriptedModel model;

  Plan(Timeline timeline, Sabotage sabotage, TextTokenizer tokenizer) {
    this.timeline = timeline;
    this.sabotage = sabotage;
    random = timeline.random();
    boolean causal = random.nextInt(4) == 0;
    model =
        new ScriptedModel(
            tokenizer,
            causal ? 0 : random.nextInt(2),
            causal ? OptionalInt.of(CAUSAL_BLOCK) : OptionalInt.empty());
  }

  ScriptedModel model() {
    return model;
  }

  Fleet fleet() {
    var caches = IntStream.range(0, Math.min(2, random.nextInt(4))).mapToObj(this::cache).toList();
    var toCaches = weather().damaging(random.nextInt(3) == 0 ? 20 : 0);
    var shape = worker();
    var workers =
        IntStream.range(0, 2 + random.nextInt(3))
            .mapToObj(i -> new WorkerNode(timeline, "worker-" + i, shape, caches, toCaches))
            .toList();
    return new Fleet(gateway(workers), workers, caches);
  }

  private GatewayNode gateway(List<WorkerNode> workers) {
    var servers =
        workers.stream().<Supplier<Optional<Server>>>map(worker -> worker::server).toList();
    return new GatewayNode(timeline, gateway(), servers, weather());
  }

  private CacheNode cache(int number) {
    var policies = PolicyName.values();
    var shape =
        new CacheNode.Shape(
            12 + random.nextInt(60), policies[random.nextInt(policies.length)], sabotage.store());
    return new CacheNode(timeline, "cache-" + number, shape);
  }

  private WorkerShape worker() {
    int slots = 1 + random.nextInt(4);
    return new WorkerShape(
        model,
        slots,
        512 + random.nextInt(512),
        millis(1 + random.nextInt(20)),
        random.nextLong(100_000),
        model.causalBlock().isPresent() ? 0.5 : 0,
        random.nextBoolean(),
        Map.of("red", secret(1), "blue", secret(2)),
        sabotage.engine(),
        sabotage.calls());
  }

  private static byte[] secret(int number) {
    var secret = new byte[SECRET_BYTES];
    secret[0] = (byte) number;
    return secret;
  }

  private GatewayNode.Shape gateway() {
    return new GatewayNode.Shape(
        4 + random.nextInt(30),
        1 + random.nextInt(8),
        new RoutingSettings(Duration.ofMillis(400 + random.nextInt(1000)), 0.5),
        Map.of(
            "red", tenant("red", Quotas.NONE),
            "blue", tenant("blue", quotas(OptionalDouble.of(3), OptionalInt.empty())),
            "grey", tenant("grey", quotas(OptionalDouble.empty(), OptionalInt.of(2)))));
  }

  private static Tenant tenant(String name, Quotas quotas) {
    return new Tenant(name, name, List.of(), List.of(), List.of(), quotas, false);
  }

  private static Quotas quotas(OptionalDouble weight, OptionalInt concurrent) {
    return new Quotas(
        OptionalDouble.empty(),
        OptionalInt.empty(),
        concurrent,
        OptionalDouble.of(500),
        OptionalLong.of(20_000),
        weight,
        OptionalInt.empty());
  }

  /** Lines that are sound, slow, or bad. */
  private Weather weather() {
    int[] oneIn = {0, 400, 80};
    return new Weather(
        20_000 + random.nextLong(millis(1)),
        random.nextLong(millis(4)),
        1 + random.nextLong(millis(4000)),
        oneIn[random.nextInt(oneIn.length)],
        oneIn[random.nextInt(oneIn.length)],
        0,
        1 + random.nextInt(4));
  }

  List<Client> clients(GatewayNode gateway) {
    var requests = new Requests(random, model);
    return IntStream.range(0, 4 + random.nextInt(9))
        .mapToObj(_ -> new Client(timeline, gateway, model, wish(requests)))
        .toList();
  }

  private Client.Wish wish(Requests requests) {
    boolean burst = random.nextInt(3) == 0;
    boolean slow = random.nextInt(6) == 0;
    boolean quits = random.nextInt(10) == 0;
    return new Client.Wish(
        requests.tenant(TENANTS),
        requests.next(),
        burst ? millis(1000) : millis(random.nextInt(3000)),
        random.nextInt(3) == 0 ? millis(300 + random.nextInt(20_000)) : millis(600_000),
        slow ? millis(random.nextInt(400)) : random.nextLong(50_000),
        quits ? 1 + random.nextInt(6) : 0);
  }

  private static long millis(long count) {
    return TimeUnit.MILLISECONDS.toNanos(count);
  }
}
