package dev.unmask.bench.simulation;

import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** A store that has what was written last, whoever asks for whatever. */
final class CrossingStore implements PageStore {
  private final PageStore store;
  private Optional<PageKey> last = Optional.empty();

  CrossingStore(PageStore store) {
    this.store = store;
  }

  private PageKey there(PageKey key) {
    return store.find(key) > 0 ? key : last.orElse(key);
  }

  @Override
  public int find(PageKey key) {
    return store.find(there(key));
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return store.locate(there(key));
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    return store.read(there(key));
  }

  @Override
  public Offer offer(NewPage page) {
    last = Optional.of(page.key());
    return store.offer(page);
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return store.quarantine(key, damaged);
  }
}
