package dev.unmask.worker.pages;

import dev.unmask.page.ExactContext;
import dev.unmask.page.PageNames;
import dev.unmask.type.v1.PageKey;
import dev.unmask.worker.engine.HostMemory;
import dev.unmask.worker.engine.PageLayout;
import dev.unmask.worker.engine.StoredForward;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * First forwards shared with other workers, sharing mode EXACT: design section 4. All or nothing: a
 * forward with one page missing is computed. Safe for several threads; {@link #fetch} blocks its
 * caller within the limits of {@link PageCache}, {@link #publish} never.
 */
public final class SharedForwards implements AutoCloseable {
  private final PageCache cache;
  private final Publisher publisher;
  private final PageCounts counts;
  private final Map<String, byte[]> secrets;
  private final FetchMemory memory;

  /**
   * Shares through one cache-service.
   *
   * @param secrets of the namespaces that may share; others share nothing
   * @param allocator of so many bytes of host memory for what is fetched; called by any thread
   */
  public SharedForwards(
      PageCache cache,
      Publisher publisher,
      PageCounts counts,
      Map<String, byte[]> secrets,
      LongFunction<HostMemory> allocator) {
    memory = new FetchMemory(allocator);
    this.cache = cache;
    this.publisher = publisher;
    this.counts = counts;
    this.secrets =
        secrets.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, secret -> secret.getValue().clone()));
  }

  /** Looks a forward up. Any failure is a miss. */
  public Fetched fetch(ExactContext context, String namespace, Need need) {
    var names = names(context, namespace);
    if (names.isEmpty()) {
      return Fetched.miss(0);
    }
    var answer = cache.find(namespace, keys(names.get(), need));
    return switch (answer) {
      case Answer.None<List<Long>>(Miss reason) -> missed(reason, need.pages());
      case Answer.Got<List<Long>>(List<Long> lengths) ->
          lengths.contains(0L)
              ? missed(Miss.ABSENT, need.pages())
              : read(names.get(), namespace, need);
    };
  }

  /**
   * Hands a completed first forward over to be published behind the request. Owns and closes it
   * from now on.
   */
  public void publish(ExactContext context, String namespace, StoredForward forward) {
    names(context, namespace)
        .ifPresentOrElse(
            names ->
                publisher.offer(new Publication(namespace, pages(names, forward), forward::close)),
            forward::close);
  }

  /** Frees the memory kept for what is fetched. */
  @Override
  public void close() {
    memory.close();
  }

  private Fetched read(PageNames names, String namespace, Need need) {
    var forward = memory.allocate(need);
    var miss = cache.read(namespace, pages(names, forward));
    if (miss.isPresent()) {
      forward.close();
      return missed(miss.get(), need.pages());
    }
    counts.hit();
    return Fetched.hit(forward, need.pages());
  }

  private Fetched missed(Miss reason, int pages) {
    counts.missed(reason);
    return Fetched.miss(pages);
  }

  private Optional<PageNames> names(ExactContext context, String namespace) {
    return Optional.ofNullable(secrets.get(namespace))
        .map(secret -> context.names(namespace, secret));
  }

  /** Predictions first: they are the page that every request needs. */
  private static List<NamedPage> pages(PageNames names, StoredForward forward) {
    var pages = new ArrayList<NamedPage>();
    pages.add(new NamedPage(names.predictions(), whole(forward.predictions())));
    int layers = forward.spans() == 0 ? 0 : forward.layout().layers();
    for (int layer = 0; layer < layers; layer++) {
      for (int span = 0; span < forward.spans(); span++) {
        pages.add(new NamedPage(names.state(layer, span), whole(forward.page(layer, span))));
      }
    }
    return pages;
  }

  private static List<PageKey> keys(PageNames names, Need need) {
    var keys = new ArrayList<PageKey>();
    keys.add(names.predictions().toMessage());
    PageLayout layout = need.layout();
    for (int layer = 0; layer < layout.layers(); layer++) {
      for (int span = 0; span < layout.spans(need.positions()); span++) {
        keys.add(names.state(layer, span).toMessage());
      }
    }
    return keys;
  }

  private static ByteBuffer whole(ByteBuffer view) {
    return view.slice();
  }
}
