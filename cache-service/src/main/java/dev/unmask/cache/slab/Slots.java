package dev.unmask.cache.slab;

import dev.unmask.cache.slab.SlabDraft.Reserved;
import dev.unmask.cache.slab.files.SlotHeader;
import dev.unmask.cache.states.Ledger;
import dev.unmask.cache.states.Place;
import dev.unmask.cache.states.StoredState;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.cache.store.StateName;
import dev.unmask.page.PageKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All slots of a store with their index and ledger, under one lock. It is held for a few memory
 * accesses and never while a page is copied, checked or sent, nor while the disk is asked for room.
 */
final class Slots {
  private static final Logger LOG = LoggerFactory.getLogger(Slots.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Slab> slabs;
  private final PageIndex index;
  private final Ledger ledger;
  private final Watermarks watermarks;
  private final Runnable tooFull;

  /** Slabs that went above the high watermark and are not below the low one yet. */
  private final BitSet draining = new BitSet();

  private long generation;

  /**
   * Slots that {@link #restore} has not looked at.
   *
   * @param tooFull told when {@link #drainSome} has something to do; must not block
   */
  Slots(List<Slab> slabs, PageIndex index, StoreRules rules, Runnable tooFull) {
    this.slabs = List.copyOf(slabs);
    this.index = index;
    this.watermarks = rules.watermarks();
    this.tooFull = tooFull;
    var rooms = slabs.stream().map(slab -> slab.room(rules)).toList();
    this.ledger = new Ledger(rooms, rules.eviction()::open, this::vacate, rules.listener());
  }

  ReentrantLock lock() {
    return lock;
  }

  Ledger ledger() {
    return ledger;
  }

  /**
   * Makes index and ledger from what the slots hold, oldest write first.
   *
   * @param verify whether to read every page and drop the damaged ones
   */
  void restore(boolean verify) {
    var found =
        slabs.stream()
            .flatMap(slab -> slab.restore(verify).stream())
            .sorted(Comparator.comparingLong(slot -> slot.header().generation()))
            .toList();
    var names = new LinkedHashSet<StateName>();
    for (var slot : found) {
      var header = slot.header();
      generation = header.generation();
      if (index.putIfAbsent(header.key(), locate(slot.place(), header))) {
        ledger.adopt(header.part().state(), header.part().costMicros(), slot.place());
        names.addLast(header.part().state());
      } else {
        slabs.get(slot.place().slab()).free(slot.place().slot());
      }
    }
    ledger.settle(names);
  }

  /** Length of a record, 0 if it is not there. */
  int find(PageKey key) {
    return there(key).map(Location::length).orElse(0);
  }

  Optional<PageLocation> locate(PageKey key) {
    return there(key)
        .map(at -> new PageLocation(at.slab(), at.slot(), at.length(), at.generation()));
  }

  private Optional<Location> there(PageKey key) {
    var location = index.get(key);
    lock.lock();
    try {
      ledger.expire();
      var there = location.filter(this::holds);
      there.ifPresent(at -> ledger.found(at.place()));
      return there;
    } finally {
      lock.unlock();
    }
  }

  /** Pins a record. */
  Optional<PinnedPage> read(PageKey key) {
    return pin(key).map(page -> page);
  }

  /** Reserves a slot in a slab for a record, made by giving states up if need be. */
  Offer offer(NewPage page, int slab, boolean allocatedOnly) {
    lock.lock();
    try {
      ledger.expire();
      if (index.get(page.key()).isPresent()) {
        return new Offer.Declined(Outcome.PRESENT);
      }
      if (!ledger.admits(page.state(), slab)) {
        return new Offer.Declined(Outcome.OVER_QUOTA);
      }
      return take(page, slab, allocatedOnly).stream()
          .mapToObj(slot -> begin(page, slab, slot))
          .<Offer>map(reserved -> new Offer.Accepted(new SlabDraft(this, reserved, page)))
          .findFirst()
          .orElseGet(() -> new Offer.Declined(Outcome.REFUSED));
    } finally {
      lock.unlock();
    }
  }

  /** Makes a reserved slot full, unless its key is there already; then frees it. */
  Outcome publish(Reserved reserved, NewPage page, int checksum) {
    lock.lock();
    try {
      var part = new SlotHeader.Part(page.state(), page.costMicros());
      var header = new SlotHeader(page.key(), page.length(), checksum, ++generation, part);
      var place = new Place(reserved.slab(), reserved.slot());
      if (!index.putIfAbsent(page.key(), locate(place, header))) {
        giveBack(reserved);
        return Outcome.PRESENT;
      }
      slabs.get(reserved.slab()).fill(reserved.slot(), header);
      ledger.filled(reserved.state(), place);
      return Outcome.STORED;
    } finally {
      lock.unlock();
    }
  }

  /** Ends a reservation; frees its slot if nothing was published. */
  void close(Reserved reserved, boolean published) {
    lock.lock();
    try {
      if (!published) {
        giveBack(reserved);
      }
      ledger.finished(reserved.state());
    } finally {
      lock.unlock();
    }
  }

  void unpin(Location location, StoredState state) {
    lock.lock();
    try {
      slabs.get(location.slab()).unpin(location.slot());
      ledger.left(state);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a record away if it is damaged; looks at it without the lock. */
  boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    var found = pin(key);
    if (found.isEmpty()) {
      return false;
    }
    try (var page = found.get()) {
      boolean taken = damaged.test(page.bytes()) && remove(page.location());
      if (taken) {
        var place = page.location();
        LOG.warn("slab {} slot {}: a damaged page, taken away", place.slab(), place.slot());
      }
      return taken;
    }
  }

  /**
   * Gives up states whose time is over, and one for each slab that was too full.
   *
   * @return whether there is more to do
   */
  boolean drainSome() {
    lock.lock();
    try {
      ledger.expire();
      for (int slab = 0; slab < slabs.size(); slab++) {
        var use = slabs.get(slab).use();
        boolean more =
            draining.get(slab)
                && !watermarks.drained(use.used(), use.shape().slots())
                && ledger.giveUp(slab, Optional.empty());
        draining.set(slab, more);
      }
      return !draining.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes a reserved slot's blocks from the disk.
   *
   * @throws IOException if the disk is full
   */
  void allocate(Reserved reserved) throws IOException {
    slabs.get(reserved.slab()).allocate(reserved.slot());
    lock.lock();
    try {
      slabs.get(reserved.slab()).allocated(reserved.slot());
    } finally {
      lock.unlock();
    }
  }

  List<SlotUse> use() {
    lock.lock();
    try {
      return slabs.stream().map(Slab::use).toList();
    } finally {
      lock.unlock();
    }
  }

  ByteBuffer bytes(Reserved reserved, int length) {
    return slabs.get(reserved.slab()).bytes(reserved.slot(), length);
  }

  ByteBuffer bytes(Location location) {
    return slabs.get(location.slab()).bytes(location.slot(), location.length());
  }

  private Optional<SlabPage> pin(PageKey key) {
    var location = index.get(key);
    lock.lock();
    try {
      ledger.expire();
      return location
          .filter(this::holds)
          .map(at -> {
            slabs.get(at.slab()).pin(at.slot());
            return new SlabPage(this, at, ledger.entered(at.place()));
          });
    } finally {
      lock.unlock();
    }
  }

  private boolean remove(Location location) {
    lock.lock();
    try {
      boolean there = holds(location);
      if (there) {
        ledger.remove(location.place());
      }
      return there;
    } finally {
      lock.unlock();
    }
  }

  private OptionalInt take(NewPage page, int slab, boolean allocatedOnly) {
    var slots = slabs.get(slab);
    var slot = slots.take(allocatedOnly);
    while (slot.isEmpty() && ledger.giveUp(slab, Optional.of(page.state()))) {
      slot = slots.take(allocatedOnly);
    }
    return slot;
  }

  private Reserved begin(NewPage page, int slab, int slot) {
    var use = slabs.get(slab).use();
    if (watermarks.tooFull(use.used(), use.shape().slots())) {
      draining.set(slab);
      tooFull.run();
    }
    var state = ledger.begin(page.state(), page.costMicros(), slab);
    return new Reserved(slab, slot, state, slabs.get(slab).isAllocated(slot));
  }

  private void giveBack(Reserved reserved) {
    slabs.get(reserved.slab()).free(reserved.slot());
    ledger.abandoned(reserved.state(), reserved.slab());
  }

  /** The ledger gives a page up. */
  private void vacate(Place place) {
    var slab = slabs.get(place.slab());
    index.remove(slab.key(place.slot()));
    slab.vacate(place.slot());
  }

  private boolean holds(Location location) {
    return slabs.get(location.slab()).holds(location);
  }

  private static Location locate(Place place, SlotHeader header) {
    return new Location(place.slab(), place.slot(), header.length(), header.generation());
  }
}
