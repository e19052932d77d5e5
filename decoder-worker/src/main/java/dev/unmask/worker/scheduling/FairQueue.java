package dev.unmask.worker.scheduling;

import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * A line in which tenants get equal shares, and each tenant's own come by earliest deadline, then
 * as they arrived.
 *
 * <p>Shares are start-time fair queueing (Goyal et al., SIGCOMM 1996): each tenant has a virtual
 * time that what is taken of it moves on by its charge, and the tenant furthest behind comes first.
 * Whoever comes back from having nothing to do starts at the present, so that idleness saves up no
 * credit.
 *
 * <p>Nobody starves, whatever deadlines and charges the others have: the oldest leads, before all
 * shares, once it was passed over in {@code patience} rounds. A round without a leader follows each
 * round that took one, so that leaders leave half of the rounds to the shares; one that n others
 * were ahead of therefore leads within patience + 2n + 1 rounds.
 *
 * <p>Used by one thread at a time.
 *
 * @param <T> what waits, told apart by {@code equals}
 */
public final class FairQueue<T> {
  private final int patience;
  private final LinkedHashMap<T, Waiting<T>> waiting = new LinkedHashMap<>();
  private final Map<String, Share<T>> shares = new HashMap<>();
  private long arrivals;
  private long present;
  private long rounds;
  private boolean led;

  /**
   * Empty.
   *
   * @param patience rounds in which the oldest may be passed over before it leads
   */
  public FairQueue(int patience) {
    this.patience = patience;
  }

  /**
   * Joins the line.
   *
   * @throws IllegalStateException if it waits already
   */
  public void add(T what, Ticket ticket) {
    var entry = new Waiting<>(what, ticket, arrivals++, rounds);
    if (waiting.putIfAbsent(what, entry) != null) {
      throw new IllegalStateException("it waits already");
    }
    share(ticket.tenant()).add(entry, present);
  }

  private Share<T> share(String tenant) {
    if (!shares.containsKey(tenant) && shares.size() >= Limits.SCHEDULED_TENANTS) {
      // What the idle ones were ahead by is forgiven; nobody who waits loses anything.
      shares.values().removeIf(Share::isEmpty);
    }
    return shares.computeIfAbsent(tenant, _ -> new Share<>());
  }

  /** Leaves the line; tells whether it was there. */
  public boolean remove(T what) {
    var entry = waiting.remove(what);
    if (entry == null) {
      return false;
    }
    shares.get(entry.ticket().tenant()).remove(entry);
    return true;
  }

  /**
   * One round: offers everything that waits, each once, in order.
   *
   * @param taker takes what it says yes to
   * @return what was taken, in order
   */
  public List<T> take(Predicate<T> taker) {
    var taken = new ArrayList<T>();
    var leader = leader();
    boolean leads = leader.isPresent() && offer(leader.get(), taker, taken);
    takeByShares(taker, taken, leader);
    if (!taken.isEmpty()) {
      rounds++;
      led = leads;
    }
    return taken;
  }

  /** The oldest, if it was passed over long enough; older ones were passed over the most. */
  private Optional<Waiting<T>> leader() {
    var oldest = waiting.firstEntry();
    return led || oldest == null || rounds - oldest.getValue().round() < patience
        ? Optional.empty()
        : Optional.of(oldest.getValue());
  }

  private void takeByShares(Predicate<T> taker, List<T> taken, Optional<Waiting<T>> offered) {
    var tenants =
        new PriorityQueue<Cursor<T>>(
            Comparator.comparingLong(Cursor<T>::time).thenComparingLong(Cursor::arrival));
    shares.values().stream().filter(s -> !s.isEmpty()).map(Cursor::new).forEach(tenants::add);
    while (!tenants.isEmpty()) {
      var tenant = tenants.poll();
      var entry = tenant.next();
      if (offered.filter(entry::equals).isEmpty()) {
        offer(entry, taker, taken);
      }
      if (tenant.hasNext()) {
        tenants.add(tenant);
      }
    }
  }

  private boolean offer(Waiting<T> entry, Predicate<T> taker, List<T> taken) {
    if (!taker.test(entry.what())) {
      return false;
    }
    waiting.remove(entry.what());
    var share = shares.get(entry.ticket().tenant());
    present = Math.max(present, share.time());
    share.take(entry);
    taken.add(entry.what());
    return true;
  }

  /** How many wait. */
  public int size() {
    return waiting.size();
  }

  /** Tenants whose shares are remembered. */
  int tenants() {
    return shares.size();
  }
}
