package dev.unmask.cache.store;

import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Refuses records that are not whole, undamaged pages of their key, so that a bad writer cannot
 * occupy a key. Readers verify again: they trust neither the store nor the way.
 */
public final class VerifyingStore implements PageStore {
  private final PageStore store;

  /** Guards a store. */
  public VerifyingStore(PageStore store) {
    this.store = store;
  }

  @Override
  public int find(PageKey key) {
    return store.find(key);
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return store.locate(key);
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    return store.read(key);
  }

  @Override
  public Offer offer(NewPage page) {
    return switch (store.offer(page)) {
      case Offer.Accepted(Draft draft) -> new Offer.Accepted(new VerifiedDraft(page.key(), draft));
      case Offer.Declined declined -> declined;
    };
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return store.quarantine(key, damaged);
  }

  private record VerifiedDraft(PageKey key, Draft draft) implements Draft {
    @Override
    public ByteBuffer bytes() {
      return draft.bytes();
    }

    @Override
    public Outcome commit() {
      if (PageRecord.open(key, draft.bytes()).isPresent()) {
        return draft.commit();
      }
      draft.close();
      return Outcome.REFUSED;
    }

    @Override
    public void close() {
      draft.close();
    }
  }
}
