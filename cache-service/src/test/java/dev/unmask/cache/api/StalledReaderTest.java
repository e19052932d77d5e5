package dev.unmask.cache.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Iterators;
import dev.unmask.cache.Pages;
import dev.unmask.cache.slab.SlabStore;
import dev.unmask.cache.slab.SlotClass;
import dev.unmask.cache.store.Namespaces;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.StateName;
import dev.unmask.cache.store.StoreCounts;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.ReadPagesRequest;
import dev.unmask.wire.PageSockets;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers that stop to read, over a real socket, with a bound that a test can wait for. */
final class StalledReaderTest {
  private static final int LENGTH = 500_000;

  /** A page that goes in one chunk. */
  private static final int SHORT = 200_000;

  private static final int WINDOW = 64 << 10;
  private static final int PAGES = 4;
  private static final int SLOTS = PAGES + 1;
  private static final int CALLS = 4;
  private static final Duration BOUND = Duration.ofMillis(700);

  @TempDir private Path directory;
  private final StoreCounts counts = new StoreCounts();
  private final PageSockets sockets = new PageSockets("test", 1, BOUND);
  private SlabStore store;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    store = new SlabStore(directory, List.of(new SlotClass(128 << 12, SLOTS)), Pages.RULES);
    var namespaces = Namespaces.in(store, counts);
    var builder =
        NettyServerBuilder.forPort(0)
            .addService(new PageCacheApi(namespaces, store::use))
            .intercept(new CallBound(CALLS, Duration.ofMillis(70)));
    sockets.serve(builder);
    server = builder.build().start();
    channel =
        NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
            .usePlaintext()
            .flowControlWindow(WINDOW)
            .build();
    for (int number = 0; number < PAGES; number++) {
      assertThat(Pages.put(namespaces.of("alice"), number, LENGTH)).isEqualTo(Outcome.STORED);
    }
    assertThat(Pages.put(namespaces.of("alice"), PAGES, SHORT)).isEqualTo(Outcome.STORED);
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    sockets.close();
    store.close();
  }

  @Test
  void readPages_nothingIsEverTaken_isEndedAndHoldsNothing() {
    var reader = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(2_000), reader);

    Awaitility.await().until(() -> counts.snapshot().bytesRead() > Limits.PAGE_QUEUED_BYTES);
    Awaitility.await().until(this::nothingIsPinned);
    // The window of the reader, what the service queues, and a page it has begun.
    assertThat(counts.snapshot().bytesRead())
        .isLessThan(Limits.PAGE_QUEUED_BYTES + WINDOW + 3L * LENGTH);
    // The reader is told when it reads on.
    reader.take(Integer.MAX_VALUE);
    assertThat(reader.ended()).isEqualTo(Status.Code.CANCELLED);
  }

  @Test
  void readPages_stallsAfterTheLastPageWasQueued_areEndedToo() {
    var readers = Stream.generate(LazyReader::new).limit(CALLS).toList();
    for (var reader : readers) {
      PageCacheServiceGrpc.newStub(channel).readPages(twice(PAGES), reader);
    }
    Awaitility.await().until(() -> counts.snapshot().bytesRead() == 2L * CALLS * SHORT);

    Awaitility.await().ignoreExceptions().until(() -> read(1) == 1);
    for (var reader : readers) {
      reader.take(Integer.MAX_VALUE);
      assertThat(reader.ended()).isEqualTo(Status.Code.CANCELLED);
    }
  }

  @Test
  void readPages_besideAStalledReader_goOn() {
    var stalled = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(2_000), stalled);
    stalled.take(1);
    Awaitility.await().until(() -> stalled.taken() == 1);

    for (int round = 0; round < 20; round++) {
      assertThat(read(4)).isEqualTo(4);
    }
  }

  @Test
  void readPages_longerThanTheBoundButTaken_isNotEnded() {
    var reader = new LazyReader();
    PageCacheServiceGrpc.newStub(channel).readPages(request(60_000), reader);

    long end = System.nanoTime() + 4 * BOUND.toNanos();
    for (int taken = 10; System.nanoTime() < end; taken += 10) {
      reader.take(10);
      int expected = taken;
      Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> reader.taken() == expected);
    }

    assertThat(reader.over()).isFalse();
    reader.cancel();
  }

  private int read(int pages) {
    var answer = PageCacheServiceGrpc.newBlockingStub(channel).readPages(request(pages));
    return Iterators.getLast(answer).getKeyIndex() + 1;
  }

  private static NewPage page(PageKey key) {
    return new NewPage(key, LENGTH, new StateName("a", key), 0);
  }

  private boolean nothingIsPinned() {
    var drafts =
        IntStream.range(100, 100 + SLOTS)
            .mapToObj(number -> store.offer(page(Pages.key(number))))
            .filter(Offer.Accepted.class::isInstance)
            .map(Offer.Accepted.class::cast)
            .toList();
    drafts.forEach(offer -> offer.draft().close());
    return drafts.size() == SLOTS;
  }

  private static ReadPagesRequest twice(int number) {
    var key = Pages.key(number).toMessage();
    return ReadPagesRequest.newBuilder().setNamespace("alice").addKeys(key).addKeys(key).build();
  }

  private static ReadPagesRequest request(int pages) {
    var request = ReadPagesRequest.newBuilder().setNamespace("alice");
    for (int i = 0; i < pages; i++) {
      request.addKeys(Pages.key(i % PAGES).toMessage());
    }
    return request.build();
  }
}
