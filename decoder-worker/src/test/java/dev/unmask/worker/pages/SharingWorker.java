package dev.unmask.worker.pages;

import dev.unmask.page.SharedContext;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.chain.SharedChains;
import dev.unmask.worker.pages.choice.FetchOrCompute;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.placement.SettableClock;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a worker has of this package and of chains, wired for tests. */
public final class SharingWorker implements AutoCloseable {
  public static final Duration LONG = Duration.ofSeconds(30);
  public static final Patience PATIENT = new Patience(LONG, LONG, LONG);

  static final Duration COST = Duration.ofMillis(40);

  /** Estimate of a forward: leases are waited for three times as long. */
  public static final Optional<Duration> FORWARD = Optional.of(Duration.ofSeconds(5));

  final SettableClock clock = new SettableClock();
  public final PageCounts counts = new PageCounts();
  public final SharedForwards forwards;
  final SharedStates states;
  public final SharedChains chains;
  private final ManagedChannel channel;
  private final Publisher publisher;

  SharingWorker(int port, Patience patience, Map<String, byte[]> secrets) {
    this("127.0.0.1:" + port, patience, secrets);
  }

  public SharingWorker(String instances, Patience patience, Map<String, byte[]> secrets) {
    channel = PageChannels.open(instances, new Lanes(1));
    var cache = new PageCache(channel, new Pauses(clock), patience, new Lanes(1));
    publisher = new Publisher(cache, counts);
    var choice = new FetchOrCompute(true);
    var metered = new MeteredCache(cache, counts, choice, System::nanoTime);
    states = new SharedStates(metered, publisher);
    forwards = new SharedForwards(states, secrets, HostMemory::unpinned);
    chains = new SharedChains(metered, publisher, secrets, HostMemory::unpinned);
  }

  public SharingWorker(int port) {
    this(port, PATIENT, Forwards.SECRETS);
  }

  Fetched fetch(int number, Need need) {
    return fetch(number, Forwards.NAMESPACE, need);
  }

  Fetched fetch(int number, String namespace, Need need) {
    return Fetched.of(look(number, namespace, need));
  }

  Lookup<StoredForward> look(int number, String namespace, Need need) {
    return forwards.fetch(Forwards.context(number), namespace, need, () -> FORWARD);
  }

  Lookup<StoredForward> look(SharedContext context, Need need) {
    return forwards.fetch(context, Forwards.NAMESPACE, need, () -> FORWARD);
  }

  void publish(SharedContext context, StoredForward forward) {
    forwards.publish(context, Forwards.NAMESPACE, forward, COST, Lease.none());
  }

  void publish(int number, Need need) {
    publish(number, need, Lease.none());
  }

  void publish(int number, Need need, Lease lease) {
    var forward = Forwards.forward(number, need);
    forwards.publish(Forwards.context(number), Forwards.NAMESPACE, forward, COST, lease);
  }

  /**
   * A look-up without its ways; an unfulfilled lease is given up at once.
   *
   * @param forward all of it, or nothing
   */
  record Fetched(Optional<StoredForward> forward, int pagesHit, int pagesMissed) {
    static Fetched of(Lookup<StoredForward> lookup) {
      return switch (lookup) {
        case Lookup.Found<StoredForward> found ->
            new Fetched(Optional.of(found.room().content()), found.pages(), 0);
        case Lookup.Absent<StoredForward> absent -> {
          absent.lease().close();
          yield miss(absent.pages());
        }
        case Lookup.Declined<StoredForward> declined -> miss(declined.pages());
      };
    }

    static Fetched miss(int pages) {
      return new Fetched(Optional.empty(), 0, pages);
    }
  }

  @Override
  public void close() {
    publisher.close();
    channel.shutdownNow();
  }
}
