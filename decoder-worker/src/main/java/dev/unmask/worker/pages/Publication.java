package dev.unmask.worker.pages;

import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.transfer.NamedPage;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pages to publish. Closing it frees their memory, and lets the next one compute if they are not
 * stored.
 *
 * @param state that they are of
 * @param room that they are in, of a completed forward
 * @param cost of computing the state
 * @param lease that others wait on
 */
public record Publication(State state, Room<?> room, Duration cost, Lease lease)
    implements AutoCloseable {
  List<NamedPage> pages() {
    return pages(state, room);
  }

  static List<NamedPage> pages(State state, Room<?> room) {
    return IntStream.range(0, state.pages().size())
        .mapToObj(page -> new NamedPage(state.pages().get(page), room.payloads().get(page)))
        .toList();
  }

  @Override
  public void close() {
    room.close();
    lease.close();
  }
}
