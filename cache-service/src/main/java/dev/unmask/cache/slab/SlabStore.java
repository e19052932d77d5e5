package dev.unmask.cache.slab;

import dev.unmask.cache.slab.files.SlotHeaders;
import dev.unmask.cache.slab.files.StoreDirectory;
import dev.unmask.cache.states.Administration;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A page store in slabs. Bounded by construction: slots times slot bytes. A record takes the
 * smallest slot that holds it; when those are full, the eviction policy gives states up. Safe for
 * several threads; close it after the last page and draft.
 */
public final class SlabStore implements PageStore, AutoCloseable {
  private final List<SlotClass> classes;
  private final StoreDirectory directory;
  private final Arena arena = Arena.ofShared();
  private final List<Slab.Memory> memories = new ArrayList<>();
  private final PageIndex index;
  private final Slots slots;
  private final Disk disk;
  private final Keeper keeper;
  private final Administration administration;

  /**
   * Opens or makes a store.
   *
   * @param path its folder
   * @param classes sizes and numbers of slots; a store with others is emptied
   * @throws UncheckedIOException if the folder cannot be used, or another process has it
   */
  public SlabStore(Path path, List<SlotClass> classes, StoreRules rules) {
    this.classes = classes.stream().sorted(Comparator.comparingInt(SlotClass::slotBytes)).toList();
    directory = take(path, this.classes);
    index = new PageIndex(this.classes.stream().mapToLong(SlotClass::slots).sum());
    keeper = new Keeper(this::drainSome);
    slots = new Slots(slabs(), index, rules, keeper::wake);
    disk = new Disk(slots);
    administration = new Administration(slots.ledger(), slots.lock());
    slots.restore(!directory.clean());
    rules.quotas().forEach(administration::setQuota);
    keeper.start();
  }

  @Override
  public int find(PageKey key) {
    return slots.find(key);
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return slots.locate(key);
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    return slots.read(key);
  }

  @Override
  public Offer offer(NewPage page) {
    var slab = fitting(page.length());
    return slab.isPresent() ? offer(page, slab.getAsInt()) : new Offer.Declined(Outcome.REFUSED);
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    return slots.quarantine(key, damaged);
  }

  /** How full the slots are, smallest first. */
  public List<SlotUse> use() {
    return slots.use();
  }

  /** What operators may ask and do. */
  public Administration administration() {
    return administration;
  }

  /** Which files all this lies in. */
  public SlabLayout layout() {
    return new SlabLayout(directory.path().toAbsolutePath().toString(), SlotHeaders.BYTES, classes);
  }

  /** Writes everything to disk and marks the store as whole. */
  @Override
  public void close() {
    keeper.close();
    try {
      memories.forEach(Slab.Memory::force);
      directory.markClean();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      release();
    }
  }

  private boolean drainSome() {
    return slots.drainSome();
  }

  private Offer offer(NewPage page, int slab) {
    var offer = slots.offer(page, slab, false);
    return offer instanceof Offer.Accepted(SlabDraft draft) && !disk.backs(draft)
        ? slots.offer(page, slab, true)
        : offer;
  }

  private void release() {
    index.close();
    memories.forEach(Slab.Memory::close);
    arena.close();
    directory.close();
  }

  private static StoreDirectory take(Path path, List<SlotClass> classes) {
    try {
      return new StoreDirectory(path, layout(classes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String layout(List<SlotClass> classes) {
    return classes.stream()
        .map(shape -> shape.slots() + " slots of " + shape.slotBytes() + " bytes\n")
        .collect(Collectors.joining());
  }

  private List<Slab> slabs() {
    try {
      var slabs = new ArrayList<Slab>();
      for (int number = 0; number < classes.size(); number++) {
        slabs.add(slab(number));
      }
      return slabs;
    } catch (IOException e) {
      release();
      throw new UncheckedIOException(e);
    }
  }

  private Slab slab(int number) throws IOException {
    var shape = classes.get(number);
    var pages = directory.map(SlabLayout.pagesFile(number), shape.bytes(), arena);
    var headers =
        directory.map(
            SlabLayout.headersFile(number), (long) shape.slots() * SlotHeaders.BYTES, arena);
    memories.add(new Slab.Memory(pages, headers));
    headers.allocateNew();
    return new Slab(number, shape, memories.getLast());
  }

  private OptionalInt fitting(int length) {
    return IntStream.range(0, classes.size())
        .filter(number -> length <= classes.get(number).slotBytes())
        .findFirst();
  }
}
