package dev.unmask.bench.simulation.size;

import dev.unmask.bench.fleet.Quantile;
import dev.unmask.bench.simulation.gateway.GatewayNode;
import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.time.Chronicle;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.config.RoutingSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A fleet of some size under a steady load. */
final class Steady {
  private static final long WARM_UP = Duration.ofSeconds(4).toNanos();
  private static final long SAMPLE = Duration.ofMillis(100).toNanos();
  private static final double SECOND = 1e9;

  /** A network within one site: 0.2 to 0.4 ms a message. */
  private static final Weather NETWORK =
      new Weather(
          TimeUnit.MICROSECONDS.toNanos(200),
          TimeUnit.MICROSECONDS.toNanos(200),
          0,
          0,
          0,
          0,
          Integer.MAX_VALUE);

  /**
   * What a fleet is.
   *
   * @param workers how many
   * @param gateways how many, all of which know all workers
   * @param load share of the slots that would be taken on average
   * @param poll pause between two questions to a worker
   */
  record Setting(int workers, int gateways, double load, Duration poll) {}

  /**
   * What was seen.
   *
   * @param requests that began while it was measured
   * @param pollsPerSecond calls that ask for load or models, a gateway
   * @param waits until the first event, in milliseconds, sorted
   * @param fullest the fullest worker's requests over all workers' mean, on average
   * @param failed requests
   */
  record Seen(int requests, double pollsPerSecond, List<Double> waits, double fullest, int failed) {
    double wait(double share) {
      return Quantile.of(waits, share);
    }
  }

  /**
   * What followed when a worker was lost.
   *
   * @param lost requests that it had
   * @param reopened requests that went on elsewhere
   * @param failed requests
   */
  record Loss(int lost, long reopened, int failed) {}

  private final Setting setting;
  private final Timeline timeline;
  private final List<TimedWorker> workers;
  private final List<GatewayNode> gateways;
  private final Load load;

  Steady(Setting setting, Costs costs, long seed) {
    this.setting = setting;
    timeline = new Timeline(new SplittableRandom(seed), Chronicle.silent());
    workers =
        IntStream.range(0, setting.workers())
            .mapToObj(number -> new TimedWorker(timeline, costs, "w" + number))
            .toList();
    var servers =
        workers.stream().<Supplier<Optional<Server>>>map(worker -> worker::server).toList();
    var shape =
        new GatewayNode.Shape(
            Limits.GATEWAY_WAITING,
            Limits.GATEWAY_SENT_FIRST,
            new RoutingSettings(setting.poll(), 0.5),
            Map.of("all", Tenant.open("all")));
    gateways =
        IntStream.range(0, setting.gateways())
            .mapToObj(_ -> new GatewayNode(timeline, shape, servers, NETWORK))
            .toList();
    load = new Load(timeline, gateways, NETWORK, setting.load() * costs.most(setting.workers()));
    pass(WARM_UP);
  }

  private void pass(long nanos) {
    long end = timeline.now() + nanos;
    while (timeline.next(end)) {
      // Until then.
    }
  }

  /** Measures for so long in virtual time. */
  Seen measure(Duration time) {
    load.measure();
    long asked = asked();
    long start = timeline.now();
    var fullest = new ArrayList<Double>();
    while (timeline.now() < start + time.toNanos() - SAMPLE) {
      pass(SAMPLE);
      fullest.add(fullest());
    }
    double seconds = (timeline.now() - start) / SECOND;
    return new Seen(
        load.waits().size(),
        (asked() - asked) / seconds / setting.gateways(),
        load.waits().stream().sorted().toList(),
        fullest.stream().mapToDouble(value -> value).average().orElse(0),
        load.failed());
  }

  /** Loses a worker, and lets all requests end that were under way. */
  Loss lose() {
    long before = reopened();
    int failed = load.failed();
    var worker = workers.getFirst();
    int lost = worker.requests();
    worker.server().ifPresent(Server::die);
    pass(WARM_UP);
    load.stop();
    pass(WARM_UP);
    return new Loss(lost, reopened() - before, load.failed() - failed);
  }

  private long asked() {
    return workers.stream().mapToLong(TimedWorker::asked).sum();
  }

  private long reopened() {
    return gateways.stream().mapToLong(GatewayNode::reopened).sum();
  }

  private double fullest() {
    var requests = workers.stream().mapToInt(TimedWorker::requests).summaryStatistics();
    return requests.getAverage() == 0 ? 1 : requests.getMax() / requests.getAverage();
  }
}
