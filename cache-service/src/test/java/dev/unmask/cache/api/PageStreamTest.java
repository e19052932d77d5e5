package dev.unmask.cache.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.util.Durations;
import com.google.rpc.RetryInfo;
import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.GetCapabilitiesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that are slow, go away or are too many, over a real socket. */
final class PageStreamTest {
  private static final int LENGTH = 500_000;
  private static final int SLOTS = 4;
  private static final int MESSAGES_A_PAGE = 2;

  @TempDir private Path directory;
  private final StoreCounts counts = new StoreCounts();
  private SlabStore store;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    store = new SlabStore(directory, List.of(new SlotClass(128 << 12, SLOTS)), Pages.RULES);
    var namespaces = Namespaces.in(store, counts);
    server =
        NettyServerBuilder.forPort(0)
            .addService(new PageCacheApi(namespaces, store::use))
            .intercept(new CallBound(1, Duration.ofMillis(70)))
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .flowControlWindow(1 << 20)
            .build();
    for (int number = 0; number < SLOTS; number++) {
      assertThat(Pages.put(namespaces.of("alice"), number, LENGTH)).isEqualTo(Outcome.STORED);
    }
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    store.close();
  }

  @Test
  void readPages_slowReader_isNeverFarAhead() {
    var reader = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(2_000), reader);

    for (int step = 1; step <= 20; step++) {
      reader.take(10);
      int messages = 10 * step;
      Awaitility.await().until(() -> reader.taken() == messages);
      long ahead = counts.snapshot().bytesRead() - (long) messages / MESSAGES_A_PAGE * LENGTH;
      // What the service may queue, the window, and what sockets hold; a gigabyte was asked for.
      assertThat(ahead).isLessThan(Limits.PAGE_QUEUED_BYTES + (30L << 20));
    }
    reader.cancel();
  }

  @Test
  void readPages_readerGoesAway_unpinsItsPage() {
    var reader = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(2_000), reader);
    reader.take(1);
    Awaitility.await().until(() -> reader.taken() == 1);

    reader.cancel();

    // Every slot can be had only if nobody pins one.
    Awaitility.await()
        .until(() -> {
          var drafts =
              IntStream.range(100, 100 + SLOTS)
                  .mapToObj(number -> store.offer(Pages.page(number, LENGTH)))
                  .filter(Offer.Accepted.class::isInstance)
                  .map(Offer.Accepted.class::cast)
                  .toList();
          drafts.forEach(offer -> offer.draft().close());
          return drafts.size() == SLOTS;
        });
  }

  @Test
  void calls_beyondTheBound_areToldWhenToComeBackAndAdmittedLater() {
    var reader = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(2_000), reader);
    reader.take(1);
    Awaitility.await().until(() -> reader.taken() == 1);
    var calls = PageCacheServiceGrpc.newBlockingStub(channel);

    assertThatThrownBy(() -> calls.getCapabilities(GetCapabilitiesRequest.getDefaultInstance()))
        .satisfies(failure -> {
          assertThat(Status.fromThrowable(failure).getCode())
              .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
          assertThat(StatusProto.fromThrowable(failure).getDetailsList())
              .filteredOn(detail -> detail.is(RetryInfo.class))
              .singleElement()
              .satisfies(detail ->
                  assertThat(Durations.toMillis(detail.unpack(RetryInfo.class).getRetryDelay()))
                      .isEqualTo(70));
        });

    reader.cancel();
    Awaitility.await()
        .ignoreExceptions()
        .until(() ->
            calls.getCapabilities(GetCapabilitiesRequest.getDefaultInstance()).getSlotClassesCount()
                == 1);
  }

  private static ReadPagesRequest request(int pages) {
    var request = ReadPagesRequest.newBuilder().setNamespace("alice");
    for (int i = 0; i < pages; i++) {
      request.addKeys(Pages.key(i % SLOTS).toMessage());
    }
    return request.build();
  }
}
