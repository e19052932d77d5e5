package dev.unmask.worker.pages;

import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Acquired;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.lease.LeaseTimes;
import dev.unmask.worker.pages.transfer.Miss;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * States shared with other workers, of whatever kind: pages under the name of a state. All or
 * nothing: a state with one page missing is computed.
 *
 * <pre>
 *   all there      fetch, or compute if that is faster
 *   absent         ask for the lease
 *     granted        look again, because it may have come meanwhile; compute, publish, end the lease
 *     fulfilled      another one has computed it: look again, once
 *     held           the wait is over: compute
 *   no answer      compute
 * </pre>
 *
 * <p>A request asks for a lease when it has its place on the device. So does the one it waits for,
 * which therefore lacks nothing to go on: places full of waiting requests cannot wait for one that
 * still needs a place. Safe for several threads; a look-up blocks its caller within the limits of
 * {@link PageCache} and {@link LeaseTimes}, publishing never does.
 */
public final class SharedStates {
  private final MeteredCache cache;
  private final Publisher publisher;

  /** What computing a state here would take now; empty if nothing was measured yet. */
  @FunctionalInterface
  public interface Computing {
    /** The forward that the state is of, with what waits before it. */
    Optional<Duration> forward();

    /** As much of it as having the state saves: all, unless said otherwise. */
    default Optional<Duration> saved() {
      return forward();
    }
  }

  /** Shares through the cache-service. */
  public SharedStates(MeteredCache cache, Publisher publisher) {
    this.cache = cache;
    this.publisher = publisher;
  }

  /**
   * Looks a state up. Any failure means that it is to be computed.
   *
   * @param compute estimates computing it now
   * @param room makes room for its pages; called at most once
   */
  public <T> Lookup<T> look(State state, Computing compute, Supplier<Room<T>> room) {
    return switch (find(state, compute)) {
      case Answer.None<List<Long>>(Miss reason) -> absent(state, reason, Lease.none(), compute);
      case Answer.Got<List<Long>>(List<Long> lengths) ->
          lengths.contains(0L)
              ? await(state, compute, room)
              : obtain(state, size(lengths), compute, room);
    };
  }

  /** A state that was found stands on the device now; putting it there took so long. */
  public void restored(Lookup.Found<?> found, Duration restoring) {
    cache.fetched(found.bytes(), found.read().plus(restoring));
  }

  /** Whether the cache-service can be asked now, as far as is known. */
  public boolean reachable() {
    return cache.reachable();
  }

  /** Hands a completed state over to be published behind the request; owns it from now on. */
  public void publish(Publication publication) {
    publisher.offer(publication);
  }

  private <T> Lookup<T> await(State state, Computing compute, Supplier<Room<T>> room) {
    return switch (cache.acquire(state, compute.forward())) {
      case Answer.None<Acquired> _ -> absent(state, Miss.ABSENT, Lease.none(), compute);
      case Answer.Got<Acquired>(Acquired acquired) ->
          switch (acquired) {
            case Acquired.Granted(Lease lease) -> lookAgain(state, lease, compute, room);
            case Acquired.Fulfilled() -> lookAgain(state, Lease.none(), compute, room);
            case Acquired.Held() -> absent(state, Miss.ABSENT, Lease.none(), compute);
          };
    };
  }

  private <T> Lookup<T> lookAgain(
      State state, Lease lease, Computing compute, Supplier<Room<T>> room) {
    return switch (find(state, compute)) {
      case Answer.None<List<Long>>(Miss reason) -> absent(state, reason, lease, compute);
      case Answer.Got<List<Long>>(List<Long> lengths) -> {
        if (lengths.contains(0L)) {
          yield absent(state, Miss.ABSENT, lease, compute);
        }
        lease.fulfilled();
        yield obtain(state, size(lengths), compute, room);
      }
    };
  }

  private <T> Lookup<T> obtain(State state, long size, Computing compute, Supplier<Room<T>> room) {
    var decision = cache.decide(size, compute.saved());
    if (!decision.fetched()) {
      return new Lookup.Declined<>(state.pages().size(), decision);
    }
    var pages = room.get();
    long start = cache.now();
    var miss = cache.read(state.home(), Publication.pages(state, 0, pages)).miss();
    if (miss.isEmpty()) {
      pages.transcription().decode();
    }
    var read = cache.since(start);
    if (miss.isPresent()) {
      pages.close();
      cache.missed(miss.get(), 1);
      return new Lookup.Absent<>(state.pages().size(), Lease.none(), decision);
    }
    cache.hit(1);
    return new Lookup.Found<>(pages, state.pages().size(), size, read, decision);
  }

  private <T> Lookup<T> absent(State state, Miss reason, Lease lease, Computing compute) {
    cache.missed(reason, 1);
    var decision = Decision.absent(compute.saved());
    return new Lookup.Absent<>(state.pages().size(), lease, decision);
  }

  private Answer<List<Long>> find(State state, Computing compute) {
    return cache.find(state.home(), state.pages(), compute.saved());
  }

  private static long size(List<Long> lengths) {
    return lengths.stream().mapToLong(Long::longValue).sum();
  }
}
