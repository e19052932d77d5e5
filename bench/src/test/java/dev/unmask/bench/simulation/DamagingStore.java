package dev.unmask.bench.simulation;

import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Predicate;

/** A store whose pages are damaged, and sealed again as if they were not. */
final class DamagingStore implements PageStore {
  private static final int NAME_AT = 16;

  private final PageStore store;

  DamagingStore(PageStore store) {
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
    return store.read(key).map(DamagingStore::damaged);
  }

  private static PinnedPage damaged(PinnedPage page) {
    var record = ByteBuffer.allocate(page.bytes().capacity());
    record.put(page.bytes().duplicate().clear()).clear();
    int last = record.capacity() - 1;
    record.put(last, (byte) (record.get(last) ^ 1));
    byte[] name = new byte[PageKey.BYTES];
    record.get(NAME_AT, name);
    PageRecord.seal(PageKey.of(name), record);
    return new PinnedPage() {
      @Override
      public ByteBuffer bytes() {
        return record.asReadOnlyBuffer();
      }

      @Override
      public void close() {
        page.close();
      }
    };
  }

  @Override
  public Offer offer(NewPage page) {
    return store.offer(page);
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return store.quarantine(key, damaged);
  }
}
