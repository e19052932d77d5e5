package dev.unmask.worker.serving;

import dev.unmask.worker.decoding.Decoding;
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
import dev.unmask.worker.pages.mapping.MappedPages;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.serving.exchange.Exchange;
import dev.unmask.worker.serving.exchange.Exchanges;
import dev.unmask.worker.serving.exchange.LookedCounts;
import dev.unmask.worker.serving.exchange.NoExchange;
import dev.unmask.worker.serving.exchange.SharedRequest;
import dev.unmask.worker.serving.exchange.Timing;
import io.grpc.ManagedChannel;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** A worker's tie to its cache-services, if it has any. Safe to share among threads. */
public final class Sharing implements AutoCloseable {
  private final Optional<Exchanges> exchanges;
  private final Set<String> namespaces;
  private final PageCounts counts;
  private final LookedCounts looked = new LookedCounts();
  private final Runnable close;

  /**
   * How stored states come.
   *
   * @param always whether what is there is fetched, however long that takes
   * @param mapping whether pages are read out of the service's files, if it lets us
   * @param lanes that the channel has
   */
  public record Fetching(boolean always, boolean mapping, Lanes lanes) {}

  private Sharing(
      Optional<Exchanges> exchanges, Set<String> namespaces, PageCounts counts, Runnable close) {
    this.exchanges = exchanges;
    this.namespaces = Set.copyOf(namespaces);
    this.counts = counts;
    this.close = close;
  }

  /** No cache-service. */
  public static Sharing none() {
    return new Sharing(Optional.empty(), Set.of(), new PageCounts(), () -> {});
  }

  /**
   * One cache-service or many; connects when it is first needed.
   *
   * @param channel to them, which is shut down in the end
   * @param fetching how stored states come
   * @param secrets of the namespaces that may share
   * @param allocator of so many bytes of host memory for what is fetched; called by any thread
   */
  public static Sharing through(
      ManagedChannel channel,
      Fetching fetching,
      Map<String, byte[]> secrets,
      LongFunction<HostMemory> allocator) {
    var clock = InstantSource.system();
    var mapped =
        fetching.mapping() ? Optional.of(new MappedPages(clock)) : Optional.<MappedPages>empty();
    var cache = new PageCache(channel, new Pauses(clock), Patience.USUAL, fetching.lanes(), mapped);
    var counts = new PageCounts();
    var publisher = new Publisher(cache, counts);
    var choice = new FetchOrCompute(fetching.always());
    var metered = new MeteredCache(cache, counts, choice, System::nanoTime);
    var exchanges =
        new Exchanges(
            new SharedForwards(new SharedStates(metered, publisher), secrets, allocator),
            new SharedChains(metered, publisher, secrets, allocator));
    return of(
        exchanges,
        secrets.keySet(),
        counts,
        () -> {
          publisher.close();
          exchanges.close();
          channel.shutdownNow();
        });
  }

  /**
   * A tie that is there already.
   *
   * @param namespaces that may share
   * @param counts of what comes and goes through it
   * @param close what {@link #close} does
   */
  public static Sharing of(
      Exchanges exchanges, Set<String> namespaces, PageCounts counts, Runnable close) {
    return new Sharing(Optional.of(exchanges), namespaces, counts, close);
  }

  /**
   * What a request shares.
   *
   * @param decoding of the request, no step made yet
   */
  Exchange open(SharedRequest request, Decoding decoding, Timing timing) {
    return exchanges
        .filter(_ -> namespaces.contains(request.namespace()))
        .map(all -> all.open(request, decoding, timing))
        .orElseGet(NoExchange::new);
  }

  /** What came from and went to the cache-services. */
  public PageCounts counts() {
    return counts;
  }

  /** What came of requests' look-ups. */
  public LookedCounts looked() {
    return looked;
  }

  @Override
  public void close() {
    close.run();
  }
}
