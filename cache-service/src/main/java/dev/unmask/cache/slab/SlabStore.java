package dev.unmask.cache.slab;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/**
 * A page store in slabs. Bounded by construction: slots times slot bytes. A record takes the
 * smallest slot that holds it; when those are full, the eviction policy gives one up. Safe for
 * several threads; close it after the last page and draft.
 */
public final class SlabStore implements PageStore, AutoCloseable {
  private final StoreDirectory directory;
  private final Arena arena = Arena.ofShared();
  private final PageIndex index;
  private final List<Slab> slabs = new ArrayList<>();
  private final List<Slab.Memory> memories = new ArrayList<>();
  private final List<SlotClass> classes;
  private final AtomicLong generations = new AtomicLong();

  /**
   * Opens or makes a store.
   *
   * @param path its folder
   * @param classes sizes and numbers of slots; a store with others is emptied
   * @param policies makes an eviction policy for that many slots
   * @throws UncheckedIOException if the folder cannot be used, or another process has it
   */
  public SlabStore(Path path, List<SlotClass> classes, IntFunction<Eviction> policies) {
    this.classes = classes.stream().sorted(Comparator.comparingInt(SlotClass::slotBytes)).toList();
    directory = take(path, this.classes);
    index = new PageIndex(this.classes.stream().mapToLong(SlotClass::slots).sum());
    try {
      for (int number = 0; number < this.classes.size(); number++) {
        slabs.add(slab(number, policies));
      }
    } catch (IOException e) {
      release();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int find(PageKey key) {
    return index
        .get(key)
        .filter(at -> slabs.get(at.slab()).touch(at))
        .map(Location::length)
        .orElse(0);
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return index
        .get(key)
        .filter(at -> slabs.get(at.slab()).touch(at))
        .map(at -> new PageLocation(at.slab(), at.slot(), at.length(), at.generation()));
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    return index
        .get(key)
        .filter(at -> slabs.get(at.slab()).pin(at))
        .map(at -> new SlabPage(slabs.get(at.slab()), at));
  }

  @Override
  public Offer offer(PageKey key, int length) {
    if (find(key) > 0) {
      return new Offer.Declined(Outcome.PRESENT);
    }
    return fitting(length)
        .flatMap(slab -> draft(slab, key, length))
        .<Offer>map(Offer.Accepted::new)
        .orElseGet(() -> new Offer.Declined(Outcome.REFUSED));
  }

  /** How full the slots are, smallest first. */
  public List<SlotUse> use() {
    return slabs.stream().map(Slab::use).toList();
  }

  /** Which files all this lies in. */
  public SlabLayout layout() {
    return new SlabLayout(directory.path().toAbsolutePath().toString(), SlotHeaders.BYTES, classes);
  }

  /** Writes everything to disk and marks the store as whole. */
  @Override
  public void close() {
    try {
      memories.forEach(Slab.Memory::force);
      directory.markClean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      release();
    }
  }

  private void release() {
    index.close();
    arena.close();
    directory.close();
  }

  private static StoreDirectory take(Path path, List<SlotClass> classes) {
    try {
      return new StoreDirectory(path, classes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Slab slab(int number, IntFunction<Eviction> policies) throws IOException {
    var shape = classes.get(number);
    var memory =
        new Slab.Memory(
            directory.map(SlabLayout.pagesFile(number), shape.bytes(), arena),
            directory.map(
                SlabLayout.headersFile(number), (long) shape.slots() * SlotHeaders.BYTES, arena));
    memories.add(memory);
    var slab = new Slab(number, shape, memory, index, policies.apply(shape.slots()));
    long newest = slab.restore(!directory.clean());
    generations.accumulateAndGet(newest, Math::max);
    return slab;
  }

  private Optional<Slab> fitting(int length) {
    for (int number = 0; number < classes.size(); number++) {
      if (length <= classes.get(number).slotBytes()) {
        return Optional.of(slabs.get(number));
      }
    }
    return Optional.empty();
  }

  private Optional<SlabDraft> draft(Slab slab, PageKey key, int length) {
    return slab.reserve().stream()
        .mapToObj(slot ->
            new SlabDraft(slab, slot, key, slab.bytes(slot, length), generations::incrementAndGet))
        .findFirst();
  }
}
