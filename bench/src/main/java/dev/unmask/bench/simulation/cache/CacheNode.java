package dev.unmask.bench.simulation.cache;

import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.time.Clock;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.cache.api.CallBound;
import dev.unmask.cache.api.LeaseApi;
import dev.unmask.cache.api.PageCacheApi;
import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.eviction.PolicyName;
import dev.unmask.cache.lease.Leases;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.contract.Limits;
import io.grpc.ServerInterceptors;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A cache-service: dies, begins anew, with its pages or without, and stops and goes on. */
public final class CacheNode {
  private final Timeline timeline;
  private final String name;
  private final Shape shape;
  private final Set<AuditedStore.Written> written = new HashSet<>();
  private Host host;
  private MemoryStore store;
  private Leases leases;
  private Server server;
  private int starts;

  /**
   * What one is made of.
   *
   * @param slots for pages
   * @param policy which states go first
   * @param decoration of its store; a test's, to break it
   */
  public record Shape(int slots, PolicyName policy, UnaryOperator<PageStore> decoration) {}

  /** One that runs. */
  public CacheNode(Timeline timeline, String name, Shape shape) {
    this.timeline = timeline;
    this.name = name;
    this.shape = shape;
    host = new Host(timeline);
    store = emptyStore();
    leases = leases();
    server = serve();
  }

  /** Its name, which places states. */
  public String name() {
    return name;
  }

  /** How many times it was started. */
  public int starts() {
    return starts;
  }

  /** The process, if it is there. */
  public Optional<Server> server() {
    return Optional.of(server).filter(_ -> !host.dead());
  }

  /** Its process. */
  public Host host() {
    return host;
  }

  private MemoryStore emptyStore() {
    var clock = new Clock(timeline);
    return new MemoryStore(
        shape.slots(), new Eviction(shape.policy(), Duration.ofSeconds(2), clock::nanoTime));
  }

  private Leases leases() {
    var there = host;
    return new Leases(
        (time, action) -> {
          var alarm = there.after(time.toNanos(), action);
          return alarm::callOff;
        },
        timeline.now() + 1);
  }

  private Server serve() {
    starts++;
    var counted = Namespaces.in(shape.decoration().apply(store), new StoreCounts());
    Namespaces audited = space -> new AuditedStore(space, counted.of(space), written);
    var bound = new CallBound(Limits.PAGE_CALLS, Limits.PAGE_CALLS_RETRY);
    return new Server(
        host,
        Runnable::run,
        List.of(
            ServerInterceptors.intercept(new PageCacheApi(audited, store::use), bound),
            ServerInterceptors.intercept(new LeaseApi(leases), bound)));
  }

  /** It dies. */
  public void die() {
    if (!host.dead()) {
      timeline.note("a cache-service dies", starts);
      server.die();
    }
  }

  /** It begins anew, if it is gone. */
  public void begin(boolean withPages) {
    if (host.dead()) {
      timeline.note("a cache-service begins", starts);
      host = new Host(timeline);
      if (!withPages) {
        store = emptyStore();
      }
      leases = leases();
      server = serve();
    }
  }

  /** A stored page goes bad. */
  public void damage(int choice) {
    timeline.note("a page goes bad", choice);
    store.damage(choice);
  }

  /** Slots in use and free are all there are. */
  public void check() {
    if (!store.adds()) {
      throw new BrokenInvariant("I5", "slots of " + name + " do not add up");
    }
  }

  /** What is still taken although nobody should: drafts, readers, leases, waiters. */
  public int taken() {
    return store.held() + leases.held() + leases.waiting();
  }
}
