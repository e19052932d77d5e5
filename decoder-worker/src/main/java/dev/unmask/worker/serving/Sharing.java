package dev.unmask.worker.serving;

import dev.unmask.worker.engine.HostMemory;
import dev.unmask.worker.pages.PageCache;
import dev.unmask.worker.pages.PageChannels;
import dev.unmask.worker.pages.PageCounts;
import dev.unmask.worker.pages.Patience;
import dev.unmask.worker.pages.Pause;
import dev.unmask.worker.pages.Publisher;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.mapping.MappedPages;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/** A worker's tie to its cache-service, if it has one. Safe to share among threads. */
public final class Sharing implements AutoCloseable {
  private final Optional<SharedForwards> forwards;
  private final Set<String> namespaces;
  private final Runnable close;

  private Sharing(Optional<SharedForwards> forwards, Set<String> namespaces, Runnable close) {
    this.forwards = forwards;
    this.namespaces = Set.copyOf(namespaces);
    this.close = close;
  }

  /** No cache-service. */
  public static Sharing none() {
    return new Sharing(Optional.empty(), Set.of(), () -> {});
  }

  /**
   * One cache-service; connects when it is first needed.
   *
   * @param address {@code host:port} or {@code unix:/path}
   * @param mapping whether to read pages out of the service's files, if it lets us
   * @param secrets of the namespaces that may share
   * @param allocator of so many bytes of host memory for what is fetched; called by any thread
   */
  public static Sharing through(
      String address,
      boolean mapping,
      Map<String, byte[]> secrets,
      InstantSource clock,
      LongFunction<HostMemory> allocator) {
    var channel = PageChannels.open(address);
    var mapped = mapping ? Optional.of(new MappedPages(clock)) : Optional.<MappedPages>empty();
    var cache = new PageCache(channel, new Pause(clock), Patience.USUAL, mapped);
    var counts = new PageCounts();
    var publisher = new Publisher(cache, counts);
    var forwards = new SharedForwards(cache, publisher, counts, secrets, allocator);
    return new Sharing(
        Optional.of(forwards),
        secrets.keySet(),
        () -> {
          publisher.close();
          forwards.close();
          channel.shutdownNow();
        });
  }

  /** Where a namespace's forwards are shared, if they are. */
  Optional<SharedForwards> of(String namespace) {
    return forwards.filter(_ -> namespaces.contains(namespace));
  }

  @Override
  public void close() {
    close.run();
  }
}
