package dev.unmask.cache;

import static dev.unmask.cache.RunningCache.chunks;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.RetryInfo;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.EvictStatesRequest;
import dev.unmask.pagecache.v1.GetStatisticsRequest;
import dev.unmask.pagecache.v1.GetStatisticsResponse;
import dev.unmask.pagecache.v1.ListStatesRequest;
import dev.unmask.pagecache.v1.NamespaceUse;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc.PageCacheAdminServiceBlockingStub;
import dev.unmask.pagecache.v1.PinStatesRequest;
import dev.unmask.pagecache.v1.SetQuotaRequest;
import dev.unmask.pagecache.v1.StateEvent;
import dev.unmask.pagecache.v1.StoredState;
import dev.unmask.pagecache.v1.WatchStatesRequest;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import dev.unmask.pagecache.v1.WritePagesRequest;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What operators ask, over a real socket. States 0, 10, 20 … have three pages each. */
final class AdminTest {
  private static final int SLOT = 20 << 10;

  @TempDir private Path directory;
  private RunningCache cache;
  private PageCacheAdminServiceBlockingStub admin;

  @BeforeEach
  void start() throws Exception {
    cache = RunningCache.in(directory);
    admin = PageCacheAdminServiceGrpc.newBlockingStub(cache.channel());
    for (long state = 0; state < 50; state += 10) {
      write("alice", state);
    }
    write("bob", 100);
  }

  @AfterEach
  void stop() {
    cache.close();
  }

  @Test
  void listStates_inPieces_givesAllByName() {
    var states = new ArrayList<StoredState>();
    var request = ListStatesRequest.newBuilder().setNamespace("alice").setPageSize(2);
    do {
      var answer = admin.listStates(request.build());
      assertThat(answer.getStatesCount()).isLessThanOrEqualTo(2);
      states.addAll(answer.getStatesList());
      request.setPageToken(answer.getNextPageToken());
    } while (!request.getPageToken().isEmpty());

    assertThat(states)
        .containsExactlyElementsOf(
            LongStream.of(0, 10, 20, 30, 40).mapToObj(number -> state(number, false)).toList());
  }

  @Test
  void getStatistics_afterSomeCalls_saysWhatHappened() {
    cache.calls().readPages(RunningCache.read(0, 1, 77)).forEachRemaining(_ -> {});
    pin(true, 0, 10);

    var statistics = statistics();

    assertThat(statistics.getEvictionPolicy()).isEqualTo("s3-fifo");
    assertThat(statistics.getSlotClassesList())
        .isSortedAccordingTo((a, b) -> Long.compare(a.getSlotBytes(), b.getSlotBytes()));
    assertThat(statistics.getSlotClasses(0).getUsed()).isEqualTo(18);
    assertThat(statistics.getStored()).isEqualTo(18);
    assertThat(statistics.getFound()).isEqualTo(2);
    assertThat(statistics.getAbsent()).isEqualTo(1);
    assertThat(statistics.getBytesRead()).isEqualTo(2 * 1000);
    assertThat(statistics.getNamespacesList())
        .containsExactly(use("alice", 5, 6L * SLOT), use("bob", 1, 0));
  }

  @Test
  void evictStates_namedPinnedAndAll_areGone() {
    pin(true, 0);

    assertThat(evict(0, 10, 999)).isEqualTo(2);
    assertThat(found(0, 1, 2, 10, 20)).containsExactly(0L, 0L, 0L, 0L, 1000L);
    assertThat(evict()).isEqualTo(3);

    assertThat(statistics().getNamespacesList())
        .extracting(NamespaceUse::getNamespace)
        .containsExactly("bob");
    assertThat(statistics().getEvictedStates()).isZero();
  }

  @Test
  void setQuota_belowWhatIsHeld_shrinksAndRefusesWhatCannotFit() throws Exception {
    admin.setQuota(quota(6L * SLOT));
    assertThat(statistics().getNamespaces(0).getStates()).isEqualTo(2);
    assertThat(pinAll()).isEqualTo(2);

    assertOverQuota(() -> write("alice", 200));

    assertThat(statistics().getRefused()).isEqualTo(3);
    admin.setQuota(quota(7L * SLOT));
    assertOverQuota(() -> write("alice", 200));
    assertThat(found(200, 201, 202)).containsExactly(1000L, 0L, 0L);
    admin.setQuota(quota(0));
    write("alice", 200);
    assertThat(found(200, 201, 202)).containsExactly(1000L, 1000L, 1000L);
  }

  @Test
  void calls_unknownNamesAndBrokenBounds_areToldApart() {
    assertCode(Status.Code.NOT_FOUND, () -> list("carol", 10, ""));
    assertCode(Status.Code.NOT_FOUND, () -> evict(998, 999));
    assertCode(Status.Code.INVALID_ARGUMENT, () -> list("Not a name", 10, ""));
    assertCode(Status.Code.INVALID_ARGUMENT, () -> list("alice", 1001, ""));
    assertCode(Status.Code.INVALID_ARGUMENT, () -> list("alice", 10, "abc"));
    assertCode(Status.Code.INVALID_ARGUMENT, () -> admin.setQuota(quota(-1)));
    assertCode(Status.Code.INVALID_ARGUMENT, () -> evict(LongStream.range(0, 1001).toArray()));
  }

  @Test
  void watchStates_oneNamespace_hearsWhatComesAndGoes() throws Exception {
    var events = admin.watchStates(WatchStatesRequest.newBuilder().setNamespace("alice").build());
    // The watch has begun once it tells something.
    var heard = new ArrayList<WatchStatesResponse>();
    var listener = Thread.ofVirtual().start(() -> events.forEachRemaining(heard(heard)));
    long number = 1000;
    while (size(heard) == 0) {
      write("alice", number);
      number += 10;
    }
    write("bob", 500);
    write("alice", 5000);
    evict(5000);

    await()
        .until(() -> {
          synchronized (heard) {
            return heard.contains(evicted(5000));
          }
        });
    synchronized (heard) {
      assertThat(heard.subList(heard.size() - 2, heard.size()))
          .containsExactly(stored(5000), evicted(5000));
      assertThat(heard).allMatch(event -> !event.getStored().getNamespace().equals("bob"));
    }
    cache.close();
    listener.join();
    cache = RunningCache.in(directory);
  }

  private static java.util.function.Consumer<WatchStatesResponse> heard(
      List<WatchStatesResponse> events) {
    return event -> {
      synchronized (events) {
        events.add(event);
      }
    };
  }

  private static int size(List<WatchStatesResponse> events) {
    synchronized (events) {
      return events.size();
    }
  }

  private static WatchStatesResponse stored(long state) {
    return WatchStatesResponse.newBuilder().setStored(event(state)).build();
  }

  private static WatchStatesResponse evicted(long state) {
    return WatchStatesResponse.newBuilder().setEvicted(event(state)).build();
  }

  private static StateEvent event(long state) {
    return StateEvent.newBuilder()
        .setNamespace("alice")
        .setState(Pages.key(state).toMessage())
        .build();
  }

  private void write(String namespace, long state) throws Exception {
    var pages = new ArrayList<WritePagesRequest>();
    for (long number = state; number < state + 3; number++) {
      chunks(Pages.key(number), Pages.record(number, 1000)).stream()
          .map(chunk ->
              chunk.toBuilder()
                  .setNamespace(namespace)
                  .setState(Pages.key(state).toMessage())
                  .setCostMicros(7)
                  .build())
          .forEach(pages::add);
    }
    Writing.write(cache, pages);
  }

  private static StoredState state(long number, boolean pinned) {
    return StoredState.newBuilder()
        .setState(Pages.key(number).toMessage())
        .setPages(3)
        .setBytes(3L * SLOT)
        .setCostMicros(7)
        .setPinned(pinned)
        .build();
  }

  private static NamespaceUse use(String namespace, int states, long pinned) {
    return NamespaceUse.newBuilder()
        .setNamespace(namespace)
        .setStates(states)
        .setBytes(3L * states * SLOT)
        .setPinnedBytes(pinned)
        .build();
  }

  private GetStatisticsResponse statistics() {
    return admin.getStatistics(GetStatisticsRequest.getDefaultInstance());
  }

  private List<Long> found(long... numbers) {
    return cache
        .calls()
        .findPages(
            dev.unmask.pagecache.v1.FindPagesRequest.newBuilder()
                .setNamespace("alice")
                .addAllKeys(RunningCache.read(numbers).getKeysList())
                .build())
        .getLengthsList();
  }

  private long evict(long... states) {
    return admin
        .evictStates(
            EvictStatesRequest.newBuilder()
                .setNamespace("alice")
                .addAllStates(keys(states))
                .build())
        .getEvicted();
  }

  private void pin(boolean pinned, long... states) {
    var request =
        PinStatesRequest.newBuilder()
            .setNamespace("alice")
            .setPinned(pinned)
            .addAllStates(keys(states))
            .build();
    assertThat(admin.pinStates(request).getChanged()).isEqualTo(states.length);
  }

  private long pinAll() {
    return admin
        .pinStates(PinStatesRequest.newBuilder().setNamespace("alice").setPinned(true).build())
        .getChanged();
  }

  private void list(String namespace, int pageSize, String token) {
    assertThat(
            admin
                .listStates(
                    ListStatesRequest.newBuilder()
                        .setNamespace(namespace)
                        .setPageSize(pageSize)
                        .setPageToken(token)
                        .build())
                .getStatesCount())
        .isPositive();
  }

  private static List<dev.unmask.type.v1.PageKey> keys(long... states) {
    return LongStream.of(states).mapToObj(Pages::key).map(PageKey::toMessage).toList();
  }

  private static SetQuotaRequest quota(long bytes) {
    return SetQuotaRequest.newBuilder().setNamespace("alice").setQuotaBytes(bytes).build();
  }

  private static void assertCode(Status.Code code, Executable call) {
    assertThatThrownBy(call::execute)
        .satisfies(failure -> assertThat(Status.fromThrowable(failure).getCode()).isEqualTo(code));
  }

  private static void assertOverQuota(Executable call) {
    assertThatThrownBy(call::execute)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .satisfies(failure -> {
          assertThat(Status.fromThrowable(failure).getCode())
              .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
          assertThat(StatusProto.fromThrowable(failure).getDetailsList())
              .noneMatch(detail -> detail.is(RetryInfo.class));
        });
  }
}
