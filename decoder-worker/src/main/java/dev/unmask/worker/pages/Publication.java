package dev.unmask.worker.pages;

import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.transfer.NamedPage;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Pages to publish. Closing it frees their memory, and lets the next one compute if they are not
 * stored.
 *
 * @param states that they are of, at least one
 * @param room that they are in, one state's behind the other's; of a completed forward
 * @param cost of computing one of the states
 * @param lease that others wait on until all are stored
 */
public record Publication(List<State> states, Room<?> room, Duration cost, Lease lease)
    implements AutoCloseable {
  public Publication {
    states = List.copyOf(states);
  }

  /** Of one state. */
  public Publication(State state, Room<?> room, Duration cost, Lease lease) {
    this(List.of(state), room, cost, lease);
  }

  /** The states by their homes, in their order, each with its pages. */
  Map<Home, List<Shipment>> shipments() {
    var all = new LinkedHashMap<Home, List<Shipment>>();
    int first = 0;
    for (var state : states) {
      var namespace = state.home().namespace();
      var shipment = new Shipment(namespace, state.name(), cost, pages(state, first, room));
      all.computeIfAbsent(state.home(), _ -> new ArrayList<>()).add(shipment);
      first += state.pages().size();
    }
    return all;
  }

  /**
   * A state's pages with their memory.
   *
   * @param first index of its first page in the room
   */
  static List<NamedPage> pages(State state, int first, Room<?> room) {
    var keys = state.pages();
    return IntStream.range(0, keys.size())
        .mapToObj(page -> new NamedPage(keys.get(page), room.payloads().get(first + page)))
        .toList();
  }

  @Override
  public void close() {
    room.close();
    lease.close();
  }
}
