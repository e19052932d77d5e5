package dev.unmask.cache.store;

import dev.unmask.digest.Sha256;
import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One namespace of a store: stores under a digest of namespace and key, so that a page is never
 * there for another namespace, even if its key leaks (invariant I8).
 */
public final class NamespacedStore implements PageStore {
  private final byte[] namespace;
  private final PageStore store;

  /** The pages of one namespace in a store. */
  public NamespacedStore(String namespace, PageStore store) {
    this.namespace = namespace.getBytes(StandardCharsets.UTF_8);
    this.store = store;
  }

  @Override
  public int find(PageKey key) {
    return store.find(bind(key));
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return store.locate(bind(key));
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    return store.read(bind(key));
  }

  @Override
  public Offer offer(NewPage page) {
    return store.offer(page.under(bind(page.key())));
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return store.quarantine(bind(key), damaged);
  }

  private PageKey bind(PageKey key) {
    var digest = Sha256.begin();
    // The key has a fixed length, so the two cannot run into each other.
    digest.update(key.toByteArray());
    digest.update(namespace);
    return PageKey.of(digest.digest());
  }
}
