package dev.unmask.bench.simulation.cache;

import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One namespace's pages, as its callers get them: whatever they get, somebody of the namespace has
 * written under that key (I8).
 */
final class AuditedStore implements PageStore {
  /** A key that somebody wrote. */
  record Written(String namespace, PageKey key) {}

  private final String namespace;
  private final PageStore store;
  private final Set<Written> written;

  /**
   * Watches a store.
   *
   * @param written by anybody, so far
   */
  AuditedStore(String namespace, PageStore store, Set<Written> written) {
    this.namespace = namespace;
    this.store = store;
    this.written = written;
  }

  private void require(PageKey key) {
    if (!written.contains(new Written(namespace, key))) {
      throw new BrokenInvariant("I8", namespace + " got a page that it never wrote");
    }
  }

  @Override
  public int find(PageKey key) {
    int length = store.find(key);
    if (length > 0) {
      require(key);
    }
    return length;
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return store.locate(key);
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    var page = store.read(key);
    page.ifPresent(_ -> require(key));
    return page;
  }

  @Override
  public Offer offer(NewPage page) {
    return switch (store.offer(page)) {
      case Offer.Accepted(Draft draft) ->
          new Offer.Accepted(new Noted(draft, new Written(namespace, page.key())));
      case Offer.Declined declined -> declined;
    };
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return store.quarantine(key, damaged);
  }

  private final class Noted implements Draft {
    private final Draft draft;
    private final Written key;

    Noted(Draft draft, Written key) {
      this.draft = draft;
      this.key = key;
    }

    @Override
    public ByteBuffer bytes() {
      return draft.bytes();
    }

    @Override
    public Outcome commit() {
      var outcome = draft.commit();
      if (outcome == Outcome.STORED) {
        written.add(key);
      }
      return outcome;
    }

    @Override
    public void close() {
      draft.close();
    }
  }
}
