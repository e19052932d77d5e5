package dev.unmask.cache.store;

import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** Counts what a store does. */
public final class MeteredStore implements PageStore {
  private final PageStore store;
  private final StoreCounts counts;

  /** Counts into {@code counts}, which several stores may share. */
  public MeteredStore(PageStore store, StoreCounts counts) {
    this.store = store;
    this.counts = counts;
  }

  @Override
  public int find(PageKey key) {
    int length = store.find(key);
    counts.lookedUp(length > 0);
    return length;
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    var location = store.locate(key);
    counts.lookedUp(location.isPresent());
    location.ifPresent(at -> counts.read(at.length()));
    return location;
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    var page = store.read(key);
    counts.lookedUp(page.isPresent());
    page.ifPresent(pinned -> counts.read(pinned.bytes().capacity()));
    return page;
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    boolean taken = store.quarantine(key, damaged);
    if (taken) {
      counts.quarantined();
    }
    return taken;
  }

  @Override
  public Offer offer(NewPage page) {
    return switch (store.offer(page)) {
      case Offer.Accepted(Draft draft) -> new Offer.Accepted(new MeteredDraft(draft, counts));
      case Offer.Declined declined -> {
        counts.written(declined.outcome());
        yield declined;
      }
    };
  }

  private record MeteredDraft(Draft draft, StoreCounts counts) implements Draft {
    @Override
    public ByteBuffer bytes() {
      return draft.bytes();
    }

    @Override
    public Outcome commit() {
      int length = draft.bytes().capacity();
      var outcome = draft.commit();
      counts.written(outcome);
      if (outcome == Outcome.STORED) {
        counts.stored(length);
      }
      return outcome;
    }

    @Override
    public void close() {
      draft.close();
    }
  }
}
