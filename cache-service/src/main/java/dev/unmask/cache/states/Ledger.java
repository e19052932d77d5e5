package dev.unmask.cache.states;

import dev.unmask.cache.eviction.EvictionPolicy;
import dev.unmask.cache.eviction.Weight;
import dev.unmask.cache.store.StateName;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Which state every page belongs to, and which state is given up next. For one thread at a time.
 *
 * <p>A state counts against several budgets: the slots of each size it uses, and its namespace's
 * quota. Every budget has a policy of its own, which knows the states that count against it.
 * Whichever budget is short asks its policy; the state named is given up whole, and leaves all of
 * them.
 *
 * <p>The rule of quotas: a page that would take its namespace above its quota makes the namespace
 * give up its own states first, in the policy's order, and nobody else's. Not given up are the
 * state being written, states pinned by an operator, and states being read or written right now. If
 * that is not enough, or a single page is larger than the quota, the page is refused.
 */
public final class Ledger {
  final Map<StateName, StoredState> states = new HashMap<>();
  final NavigableMap<String, Holding> holdings = new TreeMap<>();
  private final List<Room> rooms;
  private final StoredState[][] owners;
  private final LongFunction<EvictionPolicy<StateName>> orders;
  private final Consumer<Place> vacate;
  private final StateListener listener;
  private final Map<String, Long> evicted = new HashMap<>();
  private long turns;

  /**
   * No states yet.
   *
   * @param rooms by number of their slab
   * @param orders makes a policy for a quota in bytes
   * @param vacate frees a slot whose state was given up
   */
  public Ledger(
      List<Room> rooms,
      LongFunction<EvictionPolicy<StateName>> orders,
      Consumer<Place> vacate,
      StateListener listener) {
    this.rooms = List.copyOf(rooms);
    this.owners =
        rooms.stream().map(room -> new StoredState[room.slots()]).toArray(StoredState[][]::new);
    this.orders = orders;
    this.vacate = vacate;
    this.listener = listener;
  }

  /** States given up for room, for a quota, or because their time was over. */
  public long evicted() {
    return evicted.values().stream().mapToLong(states -> states).sum();
  }

  /** The same by namespace, of those that had a quota; of all others under no name. */
  Map<String, Long> evictions() {
    return Map.copyOf(evicted);
  }

  /** Makes a quota admit one more slot, as its rule says; false if it does not. */
  public boolean admits(StateName name, int slab) {
    var holding = holdings.get(name.namespace());
    long slot = rooms.get(slab).slotBytes();
    if (holding == null || holding.quotaBytes == 0) {
      return true;
    }
    return slot <= holding.quotaBytes
        && shrink(holding, holding.quotaBytes - slot, Optional.of(name));
  }

  /** A slot was reserved for a page of a state, which is kept until {@link #finished}. */
  public StoredState begin(StateName name, long costMicros, int slab) {
    var state = states.computeIfAbsent(name, this::open);
    state.costMicros = Math.max(state.costMicros, costMicros);
    state.writers++;
    holding(name).bytes += rooms.get(slab).slotBytes();
    return state;
  }

  /** A reserved slot holds its page now. */
  public void filled(StoredState state, Place place) {
    if (state.places.isEmpty()) {
      listener.stored(state.name);
    }
    own(state, place);
  }

  /** A reserved slot was given back. */
  public void abandoned(StoredState state, int slab) {
    holding(state.name).bytes -= rooms.get(slab).slotBytes();
  }

  /** The writer of one slot is done with the state. */
  public void finished(StoredState state) {
    state.writers--;
    settle(state);
  }

  /** A page was found: its state counts as used, once for all its pages. */
  public void found(Place place) {
    var state = owner(place);
    if (state.leads(place)) {
      state.found = true;
      used(state);
    }
  }

  /** A page is being read until {@link #left}: its state is not given up for others. */
  public StoredState entered(Place place) {
    var state = owner(place);
    state.readers++;
    if (state.leads(place)) {
      if (!state.found) {
        used(state);
      }
      state.found = false;
    }
    return state;
  }

  /** A reader is done. */
  public void left(StoredState state) {
    state.readers--;
  }

  /** Gives up the next state that has slots there, but not one; false if there is none. */
  public boolean giveUp(int slab, Optional<StateName> spared) {
    return giveUp(rooms.get(slab).order(), spared);
  }

  /** Gives up all states whose time is over. */
  public void expire() {
    for (var room : rooms) {
      for (var over = room.order().expired(); over.isPresent(); over = room.order().expired()) {
        evict(over.get());
      }
    }
  }

  /** Takes one page away from its state. */
  public void remove(Place place) {
    var state = owner(place);
    int slotBytes = rooms.get(place.slab()).slotBytes();
    state.places.remove(place);
    state.bytes[place.slab()] -= slotBytes;
    holding(state.name).bytes -= slotBytes;
    state.settled = false;
    owners[place.slab()][place.slot()] = null;
    vacate.accept(place);
    if (state.places.isEmpty()) {
      listener.evicted(state.name);
    }
    settle(state);
  }

  /** Takes in a page that was there before; {@link #settle} when all are. */
  public void adopt(StateName name, long costMicros, Place place) {
    var state = states.computeIfAbsent(name, this::open);
    state.costMicros = Math.max(state.costMicros, costMicros);
    holding(name).bytes += rooms.get(place.slab()).slotBytes();
    own(state, place);
  }

  /** Makes known what was adopted; {@code names} in the order in which they were last stored. */
  public void settle(Iterable<StateName> names) {
    names.forEach(name -> settle(states.get(name)));
  }

  /** Gives a state up with all its pages; whoever reads one keeps it until done. */
  void release(StoredState state) {
    forget(state);
    if (!state.places.isEmpty()) {
      listener.evicted(state.name);
    }
    holding(state.name).bytes -= state.totalBytes();
    for (var place : state.places) {
      owners[place.slab()][place.slot()] = null;
      vacate.accept(place);
    }
    state.places.clear();
    Arrays.fill(state.bytes, 0);
    closeIfOver(state);
  }

  void pin(StoredState state, boolean pinned) {
    state.pinned = pinned;
    state.settled = false;
    settle(state);
  }

  void setQuota(String namespace, long quotaBytes) {
    var holding = holdings.computeIfAbsent(namespace, _ -> new Holding());
    holding.quotaBytes = quotaBytes;
    holding.order = Optional.of(quotaBytes).filter(bytes -> bytes > 0).map(orders::apply);
    holding.order.ifPresent(order ->
        holding.states.values().stream()
            .filter(state -> state.settled && !state.pinned)
            .sorted(Comparator.comparingLong(state -> state.turn))
            .forEach(state -> weigh(order, state, state.totalBytes())));
    if (quotaBytes > 0) {
      shrink(holding, quotaBytes, Optional.empty());
    } else if (holding.isNothing()) {
      holdings.remove(namespace);
    }
  }

  private boolean shrink(Holding holding, long bytes, Optional<StateName> spared) {
    while (holding.bytes > bytes) {
      if (!giveUp(holding.order.orElseThrow(), spared)) {
        return false;
      }
    }
    return true;
  }

  private boolean giveUp(EvictionPolicy<StateName> order, Optional<StateName> spared) {
    var victim =
        order.giveUp(name -> states.get(name).evictable() && !spared.equals(Optional.of(name)));
    victim.ifPresent(this::evict);
    return victim.isPresent();
  }

  private void evict(StateName name) {
    evicted.merge(holding(name).quotaBytes > 0 ? name.namespace() : "", 1L, Long::sum);
    release(states.get(name));
  }

  private void own(StoredState state, Place place) {
    state.settled = false;
    owners[place.slab()][place.slot()] = state;
    state.places.add(place);
    state.bytes[place.slab()] += rooms.get(place.slab()).slotBytes();
  }

  private StoredState owner(Place place) {
    return owners[place.slab()][place.slot()];
  }

  private Holding holding(StateName name) {
    return holdings.get(name.namespace());
  }

  private StoredState open(StateName name) {
    var state = new StoredState(name, rooms.size());
    holdings.computeIfAbsent(name.namespace(), _ -> new Holding()).states.put(name.key(), state);
    return state;
  }

  private void closeIfOver(StoredState state) {
    if (state.places.isEmpty() && state.writers == 0) {
      var holding = holding(state.name);
      states.remove(state.name);
      holding.states.remove(state.name.key());
      if (holding.isNothing()) {
        holdings.remove(state.name.namespace());
      }
    }
  }

  private void used(StoredState state) {
    state.turn = turns++;
    rooms.forEach(room -> room.order().used(state.name));
    holding(state.name).order.ifPresent(order -> order.used(state.name));
  }

  private void forget(StoredState state) {
    rooms.forEach(room -> room.order().forget(state.name));
    holding(state.name).order.ifPresent(order -> order.forget(state.name));
  }

  /** Tells the policies what a state weighs, once nobody writes it. */
  private void settle(StoredState state) {
    if (state.pinned || state.places.isEmpty()) {
      forget(state);
      closeIfOver(state);
    } else if (state.writers == 0 && !state.settled) {
      state.settled = true;
      state.turn = turns++;
      for (int slab = 0; slab < rooms.size(); slab++) {
        weigh(rooms.get(slab).order(), state, state.bytes[slab]);
      }
      holding(state.name).order.ifPresent(order -> weigh(order, state, state.totalBytes()));
    }
  }

  private static void weigh(EvictionPolicy<StateName> order, StoredState state, long bytes) {
    if (bytes > 0) {
      order.stored(state.name, new Weight(bytes, state.costMicros));
    } else {
      order.forget(state.name);
    }
  }
}
