package dev.unmask.worker.pages.chain;

import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Answer;
import dev.unmask.worker.pages.FetchMemory;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.MeteredCache;
import dev.unmask.worker.pages.Publication;
import dev.unmask.worker.pages.Publisher;
import dev.unmask.worker.pages.choice.Decision;
import dev.unmask.worker.pages.lease.Acquired;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.transfer.Miss;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Chains of finished blocks shared with other workers. A look-up takes what is there of the chain's
 * beginning; the rest is computed.
 *
 * <pre>
 *   there to the end     fetch, or compute if that is faster
 *   breaks off, soon     fetch what is there, compute the few links that are not
 *   breaks off           ask for the lease of the first link that is not there
 *     granted, fulfilled   look again, once; fetch what is there; compute and publish the rest
 *     held                 the wait is over: fetch what is there, compute the rest
 *   no answer            fetch what is there, compute the rest
 * </pre>
 *
 * <p>Links that do not arrive intact, and all behind them, are computed. Safe for several threads;
 * a look-up blocks its caller within the limits of {@link MeteredCache}, publishing never does.
 */
public final class SharedChains implements AutoCloseable {
  /** So many links are computed sooner than it is agreed on who does. */
  private static final int FEW = 2;

  private final MeteredCache cache;
  private final Publisher publisher;
  private final Map<String, byte[]> secrets;
  private final FetchMemory memory;

  /**
   * Shares through the cache-service.
   *
   * @param secrets of the namespaces that may share; others share nothing
   * @param allocator of so many bytes of host memory for what is fetched; called by any thread
   */
  public SharedChains(
      MeteredCache cache,
      Publisher publisher,
      Map<String, byte[]> secrets,
      LongFunction<HostMemory> allocator) {
    this.cache = cache;
    this.publisher = publisher;
    this.memory = new FetchMemory(allocator);
    this.secrets =
        secrets.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, secret -> secret.getValue().clone()));
  }

  /**
   * Names the whole links of leading tokens.
   *
   * @param tokens from position 0, no masks among them
   * @throws IllegalArgumentException if a namespace that owns links does not share
   */
  public Chain chain(ChainTerms terms, int... tokens) {
    return Chain.of(terms, this::secret, tokens);
  }

  private byte[] secret(String namespace) {
    return Optional.ofNullable(secrets.get(namespace))
        .orElseThrow(() -> new IllegalArgumentException(namespace + " does not share"));
  }

  /** Whether a namespace has a secret here, without which nothing is shared in it. */
  public boolean shares(String namespace) {
    return secrets.containsKey(namespace);
  }

  /**
   * Looks the longest beginning up that is there. Any failure means that there is less of it.
   *
   * @param chain of at least one link
   * @param forward what is computed otherwise; links within what is held are not waited for, and
   *     nothing is fetched that does not go beyond
   */
  public Beginning find(Chain chain, PromptForward forward) {
    var search = new PrefixSearch(cache, chain);
    var there = search.search(Stretch.NONE);
    boolean absent = there.miss().filter(Miss.ABSENT::equals).isPresent();
    boolean held = chain.positions(there.links()) < forward.held();
    if (!absent || held || !many(chain.length() - there.links())) {
      return obtain(chain, there, Lease.none(), forward);
    }
    var first = chain.links().get(there.links());
    return switch (cache.acquire(first, forward.upTo(chain.positions(chain.length())))) {
      case Answer.None<Acquired> _ -> obtain(chain, there, Lease.none(), forward);
      case Answer.Got<Acquired>(Acquired acquired) ->
          switch (acquired) {
            case Acquired.Granted(Lease lease) -> {
              var now = search.search(there);
              if (now.links() > there.links()) {
                lease.fulfilled();
              }
              yield obtain(chain, now, lease, forward);
            }
            case Acquired.Fulfilled() -> obtain(chain, search.search(there), Lease.none(), forward);
            case Acquired.Held() -> obtain(chain, there, Lease.none(), forward);
          };
    };
  }

  /** Whether others may wait for so many links, which are therefore published at once. */
  public static boolean many(int links) {
    return links > FEW;
  }

  private Beginning obtain(Chain chain, Stretch there, Lease lease, PromptForward forward) {
    int positions = chain.positions(there.links());
    if (forward.beyond(positions) == 0) {
      there.miss().ifPresent(reason -> cache.missed(reason, chain.length() - there.links()));
      var decision = Decision.absent(forward.upTo(chain.positions(chain.length())));
      return nothing(chain, there, lease, decision, forward);
    }
    var decision = cache.decide(there.bytes(), forward.upTo(positions));
    return decision.fetched()
        ? new PrefixReading(cache, memory, chain).read(there, lease, decision)
        : nothing(chain, there, lease, decision, forward);
  }

  private static Beginning nothing(
      Chain chain, Stretch there, Lease lease, Decision decision, PromptForward forward) {
    int rows = forward.beyond(chain.positions(chain.length()));
    int links = Math.ceilDiv(rows, chain.terms().linkTokens());
    int missed = links * chain.terms().linkPages();
    return new Beginning(Optional.empty(), there.links(), missed, lease, decision);
  }

  /** A beginning that was found stands on the device now; putting it there took so long. */
  public void restored(Lookup.Found<StoredForward> found, Duration restoring) {
    cache.fetched(found.bytes(), found.read().plus(restoring));
  }

  /** Whether publishing makes sense now; copying links out takes time. */
  public boolean reachable() {
    return cache.reachable();
  }

  /**
   * Hands computed links over to be published behind the request. Owns and closes span and lease
   * from now on.
   *
   * @param chain that they are of
   * @param first link of the span
   * @param span keys and values of a completed forward: whole links, at least one
   * @param cost of computing one link
   * @param lease that others wait on
   */
  public void publish(Chain chain, int first, StoredForward span, Duration cost, Lease lease) {
    int links = span.positions() / chain.terms().linkTokens();
    var states = chain.links().subList(first, first + links);
    var room = new LinkPages(chain.terms()).room(span);
    publisher.offer(new Publication(states, room, cost, lease));
  }

  /** Frees the memory kept for what is fetched. */
  @Override
  public void close() {
    memory.close();
  }
}
