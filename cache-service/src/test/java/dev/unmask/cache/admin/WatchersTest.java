package dev.unmask.cache.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.store.StateName;
import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.pagecache.v1.WatchStatesRequest;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Watchers that are slow, or too many. */
final class WatchersTest {
  private static final int EVENTS = 3 * Limits.STATE_EVENTS;

  @TempDir private Path directory;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Watchers watchers = new Watchers(thread);
  private SlabStore store;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    store = new SlabStore(directory, List.of(new SlotClass(4096, 1)), Pages.RULES);
    var api =
        new AdminApi(
            store.administration(),
            () -> {
              throw new AssertionError("not asked");
            },
            watchers);
    server = InProcessServerBuilder.forName("watchers").addService(api).build().start();
    channel = InProcessChannelBuilder.forName("watchers").build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    thread.shutdownNow();
    store.close();
  }

  @Test
  void watchStates_slowReader_isToldHowManyEventsItMissed() {
    var reader = new SlowWatcher();
    PageCacheAdminServiceGrpc.newStub(channel)
        .watchStates(WatchStatesRequest.getDefaultInstance(), reader);
    reader.take(1);
    await()
        .until(() -> {
          tell(0);
          return reader.events().size() == 1;
        });

    for (int i = 1; i <= EVENTS; i++) {
      tell(i);
    }
    reader.take(2 * EVENTS);

    await().until(() -> missed(reader.events()) > 0);
    tell(EVENTS + 1);
    await().until(() -> last(reader.events()) == EVENTS + 1);
    var heard = reader.events().stream().filter(WatchStatesResponse::hasStored).toList();
    var numbers = heard.stream().map(WatchersTest::number).filter(number -> number > 0).toList();
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
    assertThat(numbers.size() - 1 + missed(reader.events())).isEqualTo(EVENTS);
    assertThat(numbers.size()).isLessThanOrEqualTo(Limits.STATE_EVENTS + 10);
  }

  @Test
  void watchStates_tooManyWatchers_areRefusedUntilOneLeaves() {
    var all = new ArrayList<SlowWatcher>();
    for (int i = 0; i < Limits.STATE_WATCHERS; i++) {
      var watcher = new SlowWatcher();
      PageCacheAdminServiceGrpc.newStub(channel)
          .watchStates(WatchStatesRequest.getDefaultInstance(), watcher);
      watcher.take(1);
      all.add(watcher);
    }
    await()
        .until(() -> {
          tell(0);
          return all.stream().noneMatch(watcher -> watcher.events().isEmpty());
        });
    var calls = PageCacheAdminServiceGrpc.newBlockingStub(channel);

    assertThatThrownBy(() ->
            calls.watchStates(WatchStatesRequest.getDefaultInstance()).forEachRemaining(_ -> {}))
        .satisfies(failure ->
            assertThat(Status.fromThrowable(failure).getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED));

    all.getFirst().cancel();
    await().until(this::isAdmitted);
  }

  private boolean isAdmitted() {
    var next = new SlowWatcher();
    PageCacheAdminServiceGrpc.newStub(channel)
        .watchStates(WatchStatesRequest.getDefaultInstance(), next);
    next.take(1);
    await()
        .until(() -> {
          tell(1);
          return next.isOver() || !next.events().isEmpty();
        });
    return !next.events().isEmpty();
  }

  private void tell(long number) {
    watchers.stored(new StateName("alice", Pages.key(number)));
  }

  private static long missed(List<WatchStatesResponse> events) {
    return events.stream().mapToLong(WatchStatesResponse::getMissed).sum();
  }

  private static long last(List<WatchStatesResponse> events) {
    return events.getLast().hasStored() ? number(events.getLast()) : -1;
  }

  private static long number(WatchStatesResponse event) {
    return event.getStored().getState().getDigest().asReadOnlyByteBuffer().getLong();
  }
}
