package dev.unmask.worker.pages.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.cache.CacheServer;
import dev.unmask.contract.Limits;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.pagecache.v1.WritePagesRequest;
import dev.unmask.pagecache.v1.WritePagesResponse;
import dev.unmask.wire.PageSockets;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.pages.transfer.NamedPage;
import io.grpc.ManagedChannel;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mapped reads from a real cache-service, asked over a Unix domain socket. */
final class MappedPagesTest {
  private static final String NAMESPACE = "alice";
  private static final int PAYLOAD = 60_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final MappedPages mapped = new MappedPages(now::get);
  private CacheServer server;
  private ManagedChannel channel;

  @BeforeEach
  void open() {
    Assumptions.assumeTrue(PageSockets.unix());
    channel = PageChannels.open("unix:" + directory.resolve("s"), new Lanes(1));
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void read_storedPages_areTheSame() throws Exception {
    serve(true, 64);
    write(1, 5);

    var pages = pages(1, 5);
    assertThat(read(pages)).isTrue();
    assertSame(pages, 1);
  }

  @Test
  void read_onePageNotThere_isRefused() throws Exception {
    serve(true, 64);
    write(1, 2);

    assertThat(read(pages(1, 3))).isFalse();
    assertThat(read(pages(1, 2))).isTrue();
  }

  @Test
  void read_otherNamespace_isRefused() throws Exception {
    serve(true, 64);
    write(1, 1);

    assertThat(mapped.read(channel, "bob", pages(1, 1), PATIENCE)).isFalse();
  }

  @Test
  void read_mappingNotOffered_isRefused() throws Exception {
    serve(false, 64);
    write(1, 1);

    assertThat(read(pages(1, 1))).isFalse();
  }

  @Test
  void read_serviceStartedAnewWithOtherFiles_isRefusedUntilTheyAreMapped() throws Exception {
    serve(true, 64);
    write(1, 3);
    assertThat(read(pages(1, 3))).isTrue();
    server.close();
    serve(true, 32);
    write(10, 3);

    // The old files have the same slots and generations, with other pages.
    assertThat(read(pages(10, 3))).isFalse();
    now.set(Instant.EPOCH.plus(Limits.PAGE_MAPPING_RETRY));

    var pages = pages(10, 3);
    assertThat(read(pages)).isTrue();
    assertSame(pages, 10);
  }

  @Test
  void read_whileSlotsAreOverwritten_isTheSameOrRefused() throws Exception {
    serve(true, 4);
    var writing =
        CompletableFuture.runAsync(() -> {
          for (int number = 0; number < 600; number++) {
            write(number, 1);
          }
        });
    int hits = 0;
    int refused = 0;
    while (!writing.isDone()) {
      for (int number = 0; number < 600; number++) {
        var pages = pages(number, 1);
        if (read(pages)) {
          assertSame(pages, number);
          hits++;
        } else {
          refused++;
        }
      }
    }
    writing.join();
    assertThat(hits).isPositive();
    assertThat(refused).isPositive();
  }

  private boolean read(List<NamedPage> pages) {
    return mapped.read(channel, NAMESPACE, pages, PATIENCE);
  }

  private void serve(boolean mapping, int slots) {
    var settings =
        new HashMap<String, Object>(
            Map.of(
                "unmask.cache.directory",
                directory.resolve("store").toString(),
                "unmask.cache.socket",
                directory.resolve("s").toString(),
                "unmask.cache.mapping",
                mapping,
                "unmask.cache.slabs[0].slot-bytes",
                64 << 10,
                "unmask.cache.slabs[0].capacity-bytes",
                slots * (64L << 10),
                "grpc.server.port",
                0));
    server = CacheServer.start(settings);
  }

  private void write(int first, int count) {
    try {
      BlockingClientCall<WritePagesRequest, WritePagesResponse> call =
          PageCacheServiceGrpc.newBlockingV2Stub(channel).withWaitForReady().writePages();
      for (int number = first; number < first + count; number++) {
        var record = record(number);
        call.write(
            WritePagesRequest.newBuilder()
                .setNamespace(NAMESPACE)
                .setKey(key(number).toMessage())
                .setLength(record.capacity())
                .setData(ByteString.copyFrom(record))
                .build());
      }
      call.halfClose();
      assertThat(call.read().getStored()).isEqualTo(count);
    } catch (StatusException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<NamedPage> pages(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(number -> new NamedPage(key(number), ByteBuffer.allocateDirect(PAYLOAD)))
        .toList();
  }

  private static void assertSame(List<NamedPage> pages, int first) {
    for (int i = 0; i < pages.size(); i++) {
      assertThat(pages.get(i).payload())
          .isEqualTo(record(first + i).slice(PageRecord.HEADER_BYTES, PAYLOAD));
    }
  }

  private static ByteBuffer record(int number) {
    var record = ByteBuffer.allocate(PageRecord.HEADER_BYTES + PAYLOAD);
    for (int i = PageRecord.HEADER_BYTES; i < record.capacity(); i++) {
      record.put(i, (byte) (number * 31 + i));
    }
    PageRecord.seal(key(number), record);
    return record;
  }

  private static PageKey key(int number) {
    return PageKey.of(ByteBuffer.allocate(PageKey.BYTES).putInt(number).array());
  }
}
