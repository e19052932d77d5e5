package dev.unmask.bench.placement;

import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.placement.Placed;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Calls about states, as a worker makes them. */
record Calls(ManagedChannel channel, Pauses pauses) {
  /** Where a call ended that nobody answered. */
  static final int NOBODY = -1;

  static Calls over(ManagedChannel channel) {
    return new Calls(channel, new Pauses(InstantSource.system()));
  }

  /** Names of states, the same ones every time. */
  static List<PageKey> states(int count) {
    var random = new Random(7);
    return IntStream.range(0, count)
        .mapToObj(_ -> {
          byte[] name = new byte[PageKey.BYTES];
          random.nextBytes(name);
          return PageKey.of(name);
        })
        .toList();
  }

  /** Number of the node that answers, or {@link #NOBODY}. */
  int node(PageKey state) {
    var placed = new Placed(state, pauses);
    try {
      return (int)
          PageCacheServiceGrpc.newBlockingStub(placed.over(channel))
              .withDeadlineAfter(2, TimeUnit.SECONDS)
              .findPages(Node.request())
              .getLengths(0);
    } catch (StatusRuntimeException e) {
      placed.pause().failed();
      return NOBODY;
    }
  }

  /** Where each state is. */
  int[] nodes(List<PageKey> states) {
    return states.stream().mapToInt(this::node).toArray();
  }
}
