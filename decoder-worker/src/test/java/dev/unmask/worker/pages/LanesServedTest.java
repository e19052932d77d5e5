package dev.unmask.worker.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.CacheServer;
import dev.unmask.page.PageKey;
import dev.unmask.wire.PageSockets;
import dev.unmask.worker.pages.placement.Home;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.pages.transfer.Miss;
import dev.unmask.worker.pages.transfer.NamedPage;
import dev.unmask.worker.pages.transfer.PageWriteCall.Shipment;
import io.grpc.ManagedChannel;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages by several connections to a real cache-service. */
@Timeout(60)
class LanesServedTest {
  private static final Lanes LANES = new Lanes(3);
  private static final int PAGES = 12;
  private static final int BYTES = 512 << 10;
  private static final Home HOME = new Home("alice", key(0));

  private final Arena memory = Arena.ofShared();
  @TempDir private Path directory;
  private CacheServer server;

  @BeforeEach
  void serve() {
    server =
        CacheServer.start(
            Map.of(
                "unmask.cache.directory",
                directory.resolve("store").toString(),
                "unmask.cache.socket",
                directory.resolve("s").toString(),
                "unmask.cache.slabs[0].slot-bytes",
                2 * BYTES,
                "unmask.cache.slabs[0].capacity-bytes",
                32L * 2 * BYTES,
                "grpc.server.port",
                0));
  }

  @AfterEach
  void stop() {
    server.close();
    memory.close();
  }

  private ManagedChannel open(String scheme) {
    return PageChannels.open(
        scheme.equals("unix") ? "unix:" + directory.resolve("s") : "127.0.0.1:" + server.port(),
        LANES);
  }

  private static PageCache cache(ManagedChannel channel) {
    var pauses = new Pauses(InstantSource.system());
    return new PageCache(channel, pauses, SharingWorker.PATIENT, LANES);
  }

  private static PageKey key(int number) {
    return PageKey.of(ByteBuffer.allocate(PageKey.BYTES).putInt(number).array());
  }

  private List<NamedPage> pages(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(number -> new NamedPage(key(number), memory.allocate(BYTES).asByteBuffer()))
        .toList();
  }

  /** Pages whose content depends on their names. */
  private List<NamedPage> filled(int first, int count) {
    var pages = pages(first, count);
    for (int i = 0; i < count; i++) {
      var payload = pages.get(i).payload().duplicate();
      while (payload.hasRemaining()) {
        payload.putInt((first + i) * 31 + payload.position());
      }
    }
    return pages;
  }

  private static void store(PageCache cache, List<NamedPage> pages) {
    var answer =
        cache.write(HOME, List.of(new Shipment("alice", key(0), Duration.ofMillis(1), pages)));
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Got.class,
            got -> assertThat(got.value()).hasFieldOrPropertyWithValue("stored", pages.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "unix"})
  void read_writtenPages_areTheSame(String scheme) {
    Assumptions.assumeTrue(PageSockets.unix());
    var channel = open(scheme);
    try {
      var cache = cache(channel);
      var written = filled(0, PAGES);
      store(cache, written);

      var read = pages(0, PAGES);
      assertThat(cache.read(HOME, read).sound()).isEqualTo(PAGES);
      assertThat(read).isEqualTo(written);
    } finally {
      channel.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 7, 11})
  void read_onePageMissing_hasThoseBeforeIt(int missing) {
    var channel = open("tcp");
    try {
      var cache = cache(channel);
      var written = filled(0, PAGES);
      store(cache, written.subList(0, missing));
      store(cache, written.subList(missing + 1, PAGES));

      var read = pages(0, PAGES);
      var reading = cache.read(HOME, read);

      assertThat(reading.sound()).isEqualTo(missing);
      assertThat(reading.miss()).contains(Miss.ABSENT);
      assertThat(read.subList(0, missing)).isEqualTo(written.subList(0, missing));
    } finally {
      channel.shutdownNow();
    }
  }
}
