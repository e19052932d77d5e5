package dev.unmask.bench.simulation.worker;

import dev.unmask.bench.simulation.cache.CacheNode;
import dev.unmask.bench.simulation.link.Link;
import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.model.ScriptedEngine;
import dev.unmask.bench.simulation.time.Clock;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.api.DecoderApi;
import dev.unmask.worker.api.watch.PrefixWatchers;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.pages.MeteredCache;
import dev.unmask.worker.pages.PageCache;
import dev.unmask.worker.pages.PageCounts;
import dev.unmask.worker.pages.Patience;
import dev.unmask.worker.pages.Publisher;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.SharedStates;
import dev.unmask.worker.pages.chain.SharedChains;
import dev.unmask.worker.pages.choice.FetchOrCompute;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.serving.PeakMemory;
import dev.unmask.worker.serving.RequestListener;
import dev.unmask.worker.serving.Sharing;
import dev.unmask.worker.serving.Slots;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.exchange.Exchanges;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.retained.Retention;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.StepLoop;
import io.grpc.ServerInterceptors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A decoder worker: everything of the real one but DJL, Micronaut and sockets. It dies and begins
 * anew, stops and goes on, becomes slow, and its device fails.
 */
public final class WorkerNode {
  /** The real one would tell what the whole simulation takes. */
  private static final PeakMemory NO_MEMORY = new PeakMemory(Path.of("none"));

  private final Timeline timeline;
  private final String name;
  private final WorkerShape shape;
  private final List<CacheNode> caches;
  private final Weather toCaches;
  private Host host;
  private Station station;
  private ModelEngine engine;
  private Server server;
  private CacheChannel channel;
  private Runnable close = () -> {};
  private int slowness = 1;
  private int failing;

  /**
   * One that runs.
   *
   * @param toCaches what its lines to the cache-services do
   */
  public WorkerNode(
      Timeline timeline, String name, WorkerShape shape, List<CacheNode> caches, Weather toCaches) {
    this.timeline = timeline;
    this.name = name;
    this.shape = shape;
    this.caches = List.copyOf(caches);
    this.toCaches = toCaches;
    start();
  }

  /** What it calls itself. */
  public String name() {
    return name;
  }

  /** The process, if it is there. */
  public Optional<Server> server() {
    return Optional.of(server).filter(_ -> !host.dead());
  }

  /** Its process. */
  public Host host() {
    return host;
  }

  private void start() {
    host = new Host(timeline);
    var clock = new Clock(timeline);
    var thread = new EngineThread(host, this::poll, clock::nanoTime);
    engine =
        shape
            .decoration()
            .apply(
                new ScriptedEngine(
                    shape.model().script(),
                    shape.model().traits(),
                    shape.positions(),
                    this::forward,
                    timeline::failed));
    var retention =
        Retention.of(
            shape.retained(),
            shape.model().causalBlock().stream()
                .mapToObj(block -> new Retention.Source(ScriptedModel.NAME, engine.pool(), block))
                .toList());
    station =
        new Station(
            new Slots(shape.slots()),
            new StepLoop(thread, Budgets.ofCpu(), clock::nanoTime),
            sharing(clock),
            retention,
            clock::nanoTime,
            RequestListener.NOBODY);
    var watchers = new PrefixWatchers(retention.holdings());
    var models = Models.of(List.of(shape.model().served(engine)), thread);
    var api = new DecoderApi(name, models, station, watchers, NO_MEMORY);
    server =
        new Server(
            host, host::start, List.of(ServerInterceptors.intercept(api, shape.interceptors())));
    var sharing = station.sharing();
    close =
        () -> {
          watchers.close();
          sharing.close();
          thread.close();
        };
  }

  private Sharing sharing(Clock clock) {
    var ways =
        caches.stream()
            .map(cache ->
                new CacheChannel.Way(
                    cache,
                    new Link(
                        timeline,
                        host,
                        cache::server,
                        toCaches,
                        method -> method.endsWith("/ReadPages"))))
            .toList();
    var nowhere = new Link(timeline, host, Optional::empty, toCaches, _ -> false);
    channel = new CacheChannel(ways, nowhere);
    if (caches.isEmpty()) {
      return Sharing.none();
    }
    var cache =
        new PageCache(channel, new Pauses(clock), Patience.USUAL.by(this::await), new Lanes(1));
    var counts = new PageCounts();
    var publisher = new Publisher(cache, counts, host);
    var metered =
        new MeteredCache(cache, counts, new FetchOrCompute(shape.fetches()), clock::nanoTime);
    var secrets = Map.copyOf(shape.secrets());
    var exchanges =
        new Exchanges(
            new SharedForwards(new SharedStates(metered, publisher), secrets, HostMemory::unpinned),
            new SharedChains(metered, publisher, secrets, HostMemory::unpinned));
    return Sharing.of(
        exchanges,
        secrets.keySet(),
        counts,
        () -> {
          publisher.close();
          exchanges.close();
        });
  }

  /** Waits in virtual time: a call that does nothing ends the wait. */
  private Optional<Runnable> poll(BlockingQueue<Runnable> calls, long nanos)
      throws InterruptedException {
    var alarm = host.after(nanos, () -> calls.offer(() -> {}));
    try {
      return Optional.of(calls.take());
    } finally {
      alarm.callOff();
    }
  }

  /** Waits in virtual time: the end of the time is one more end of the wait. */
  private boolean await(CountDownLatch over, Duration most) throws InterruptedException {
    var late = new AtomicBoolean();
    var alarm =
        host.after(
            most.toNanos(),
            () -> {
              late.set(over.getCount() > 0);
              over.countDown();
            });
    try {
      over.await();
      return !late.get();
    } finally {
      alarm.callOff();
    }
  }

  /** What a forward takes, and whether it fails. */
  private void forward(List<Turn> turns) {
    long rows = turns.stream().mapToLong(turn -> turn.cost().rows()).sum();
    host.pass(slowness * (shape.forwardNanos() + rows * shape.rowNanos()));
    if (failing > 0) {
      failing--;
      timeline.note("a forward fails", turns.size());
      throw new ProblemException(new Problem.Internal(WorkerShape.DEVICE_FAILED));
    }
  }

  /** It dies. */
  public void die() {
    if (!host.dead()) {
      timeline.note("a worker dies", slots().running());
      server.die();
      channel.breakOff();
      var ending = close;
      new Host(timeline).start(ending);
    }
  }

  /** It begins anew, if it is gone. */
  public void begin() {
    if (host.dead()) {
      timeline.note("a worker begins", 0);
      slowness = 1;
      failing = 0;
      start();
    }
  }

  /** Its forwards take so many times longer from now on. */
  public void slow(int times) {
    timeline.note("a worker is slow", times);
    slowness = times;
  }

  /** Its next forwards fail. */
  public void failForwards(int count) {
    failing = count;
  }

  private Slots slots() {
    return station.slots();
  }

  /** Slots and memory in use are within what there is. */
  public void check() {
    int running = slots().running();
    int used = engine.pool().used();
    if (running < 0 || running > shape.slots()) {
      throw new BrokenInvariant("I5", running + " of " + shape.slots() + " slots of " + name);
    }
    if (used < 0 || used + engine.pool().retained() > engine.pool().capacity()) {
      throw new BrokenInvariant("I5", used + " positions are taken of " + name);
    }
  }

  /** Slots, waiting requests and memory that are still taken. */
  public int taken() {
    return slots().running() + slots().waiting() + engine.pool().used();
  }
}
