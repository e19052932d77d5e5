package dev.unmask.bench.simulation.cache;

import dev.unmask.cache.eviction.Eviction;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.slab.SlotUse;
import dev.unmask.cache.states.Ledger;
import dev.unmask.cache.states.Place;
import dev.unmask.cache.states.Room;
import dev.unmask.cache.states.StateListener;
import dev.unmask.cache.states.StoredState;
import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageLocation;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.PinnedPage;
import dev.unmask.page.PageKey;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Slots of one size in memory, with the service's own ledger: what {@code SlabStore} is, without
 * files. What was in a slot stays there until it is overwritten, so that a page read too late is
 * another's. For one thread.
 */
final class MemoryStore implements PageStore {
  private record Full(int slot, int length) {}

  private final ByteBuffer[] slots;
  private final PageKey[] keys;
  private final int[] pins;
  private final BitSet doomed = new BitSet();
  private final Deque<Integer> free = new ArrayDeque<>();
  private final Map<PageKey, Full> index = new HashMap<>();
  private final Ledger ledger;
  private int reserved;

  MemoryStore(int count, Eviction eviction) {
    slots = new ByteBuffer[count];
    keys = new PageKey[count];
    pins = new int[count];
    for (int slot = 0; slot < count; slot++) {
      free.add(slot);
    }
    var room =
        new Room(SlotClass.ALIGNMENT, count, eviction.open((long) SlotClass.ALIGNMENT * count));
    ledger = new Ledger(List.of(room), eviction::open, this::vacate, StateListener.NOBODY);
  }

  List<SlotUse> use() {
    return List.of(
        new SlotUse(new SlotClass(SlotClass.ALIGNMENT, slots.length), slots.length - free.size()));
  }

  /** Whether every slot is either free, full, being written, or waits for its last reader. */
  boolean adds() {
    return free.size() + index.size() + reserved + doomed.cardinality() == slots.length;
  }

  /** Slots that are written to or read right now. */
  int held() {
    int pinned = 0;
    for (int pin : pins) {
      pinned += pin;
    }
    return reserved + pinned;
  }

  /** Changes a byte of a stored page, as a bad disk would. */
  void damage(int choice) {
    var all = index.values().stream().toList();
    if (!all.isEmpty()) {
      var page = all.get(choice % all.size());
      int at = choice % page.length();
      slots[page.slot()].put(at, (byte) (slots[page.slot()].get(at) ^ 1));
    }
  }

  @Override
  public int find(PageKey key) {
    ledger.expire();
    var page = Optional.ofNullable(index.get(key));
    page.ifPresent(there -> ledger.found(place(there.slot())));
    return page.map(Full::length).orElse(0);
  }

  @Override
  public Optional<PageLocation> locate(PageKey key) {
    return Optional.empty();
  }

  @Override
  public Optional<PinnedPage> read(PageKey key) {
    ledger.expire();
    return Optional.ofNullable(index.get(key))
        .map(page -> {
          pins[page.slot()]++;
          return new Pinned(page, ledger.entered(place(page.slot())));
        });
  }

  @Override
  public Offer offer(NewPage page) {
    ledger.expire();
    if (page.length() > SlotClass.ALIGNMENT) {
      return new Offer.Declined(Outcome.REFUSED);
    }
    if (index.containsKey(page.key())) {
      return new Offer.Declined(Outcome.PRESENT);
    }
    if (!ledger.admits(page.state(), 0)) {
      return new Offer.Declined(Outcome.OVER_QUOTA);
    }
    while (free.isEmpty()) {
      if (!ledger.giveUp(0, Optional.of(page.state()))) {
        return new Offer.Declined(Outcome.REFUSED);
      }
    }
    int slot = free.remove();
    reserved++;
    slots[slot] =
        Optional.ofNullable(slots[slot]).orElseGet(() -> ByteBuffer.allocate(SlotClass.ALIGNMENT));
    return new Offer.Accepted(
        new Writing(page, slot, ledger.begin(page.state(), page.costMicros(), 0)));
  }

  @Override
  public boolean quarantine(PageKey key, Predicate<ByteBuffer> damaged) {
    var page = Optional.ofNullable(index.get(key));
    boolean bad = page.filter(there -> damaged.test(bytes(there))).isPresent();
    if (bad) {
      ledger.remove(place(page.get().slot()));
    }
    return bad;
  }

  private ByteBuffer bytes(Full page) {
    return slots[page.slot()].asReadOnlyBuffer().slice(0, page.length());
  }

  private static Place place(int slot) {
    return new Place(0, slot);
  }

  private void vacate(Place place) {
    int slot = place.slot();
    index.remove(keys[slot]);
    if (pins[slot] > 0) {
      doomed.set(slot);
    } else {
      free.addFirst(slot);
    }
  }

  private final class Pinned implements PinnedPage {
    private final Full page;
    private final StoredState state;

    Pinned(Full page, StoredState state) {
      this.page = page;
      this.state = state;
    }

    @Override
    public ByteBuffer bytes() {
      return MemoryStore.this.bytes(page);
    }

    @Override
    public void close() {
      if (--pins[page.slot()] == 0 && doomed.get(page.slot())) {
        doomed.clear(page.slot());
        free.addFirst(page.slot());
      }
      ledger.left(state);
    }
  }

  private final class Writing implements Draft {
    private final NewPage page;
    private final int slot;
    private final StoredState state;
    private boolean kept;
    private boolean closed;

    Writing(NewPage page, int slot, StoredState state) {
      this.page = page;
      this.slot = slot;
      this.state = state;
    }

    @Override
    public ByteBuffer bytes() {
      return slots[slot].slice(0, page.length());
    }

    @Override
    public Outcome commit() {
      if (index.containsKey(page.key())) {
        return Outcome.PRESENT;
      }
      kept = true;
      reserved--;
      keys[slot] = page.key();
      index.put(page.key(), new Full(slot, page.length()));
      ledger.filled(state, place(slot));
      return Outcome.STORED;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      if (!kept) {
        reserved--;
        free.addFirst(slot);
        ledger.abandoned(state, 0);
      }
      ledger.finished(state);
    }
  }
}
