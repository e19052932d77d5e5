package dev.unmask.gateway.admission.gate;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * All requests that wait: a {@link FairLine} a priority, the highest first. Guarded by its gate's
 * lock.
 */
final class Line {
  private final TreeMap<Integer, FairLine> ranks = new TreeMap<>(Comparator.reverseOrder());
  private final int places;

  Line(int places) {
    this.places = places;
  }

  /**
   * Whether a tenant may wait: as long as it has fewer requests here than there are places left. A
   * tenant alone gets half of them, and however many come, there is a place for one more tenant's.
   */
  boolean hasPlace(String tenant) {
    int own = ranks.values().stream().mapToInt(rank -> rank.size(tenant)).sum();
    return own < places - size();
  }

  void add(Permit permit) {
    rank(permit).add(permit);
  }

  boolean remove(Permit permit) {
    return rank(permit).remove(permit);
  }

  Optional<Permit> poll() {
    return ranks.values().stream()
        .filter(rank -> rank.size() > 0)
        .findFirst()
        .flatMap(FairLine::poll);
  }

  void settle(Permit permit, long difference) {
    rank(permit).settle(permit, difference);
  }

  int size() {
    return ranks.values().stream().mapToInt(FairLine::size).sum();
  }

  /** Requests that would be sent before a new one, if every request were alike. */
  double ahead(Permit permit) {
    int rank = permit.demand().tenant().quotas().rank();
    return rank(permit).ahead(permit)
        + ranks.headMap(rank).values().stream().mapToInt(FairLine::size).sum();
  }

  /** Those whose deadline is not after a moment. */
  List<Permit> late(long moment) {
    return ranks.values().stream()
        .flatMap(rank -> StreamSupport.stream(rank.all().spliterator(), false))
        .filter(permit -> permit.deadline() - moment <= 0)
        .toList();
  }

  private FairLine rank(Permit permit) {
    return ranks.computeIfAbsent(permit.demand().tenant().quotas().rank(), _ -> new FairLine());
  }
}
