package dev.unmask.worker.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.cache.CacheServer;
import dev.unmask.page.ExactContext;
import dev.unmask.page.PageKey;
import dev.unmask.page.PageRecord;
import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.pages.transfer.Miss;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages client against a real cache-service. Each test has context numbers of its own. */
final class SharedForwardsTest {
  private static final Need CANVAS =
      Need.canvas(Forwards.LAYOUT, Forwards.PROMPT, Forwards.GENERATION);
  private static final Need PROMPT =
      Need.prompt(Forwards.LAYOUT, Forwards.PROMPT, Forwards.GENERATION);
  private static final Need PREDICTIONS = Need.predictions(Forwards.LAYOUT, Forwards.GENERATION);

  @TempDir private static Path directory;
  private static CacheServer server;
  private SharingWorker worker;

  @BeforeAll
  static void start() {
    server =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() {
    worker = new SharingWorker(server.port());
  }

  @AfterEach
  void close() {
    worker.close();
  }

  @Test
  void need_pages_areThoseOfTheCoveredSpans() {
    assertThat(PREDICTIONS.pages()).isEqualTo(1);
    assertThat(PROMPT.positions()).isEqualTo(96);
    assertThat(PROMPT.pages()).isEqualTo(1 + 3 * 3);
    assertThat(CANVAS.pages()).isEqualTo(1 + 3 * 4);
  }

  @Test
  void fetch_publishedByAnotherWorker_isTheSameForward() {
    publish(1, CANVAS);

    try (var other = new SharingWorker(server.port())) {
      assertHit(other.fetch(1, CANVAS), 1, CANVAS);
      assertThat(other.counts.hits()).isEqualTo(1);
    }
  }

  @Test
  void fetch_inAnotherEncoding_isAnotherStateInFewerBytes() {
    var exact = Forwards.context(41);
    var rounded =
        new ExactContext(
            exact.program(),
            exact.prompt(),
            exact.generationLength(),
            PageEncoding.PAGE_ENCODING_INT8);
    worker.publish(rounded, Forwards.forward(41, CANVAS));
    Awaitility.await().until(() -> worker.counts.published() == CANVAS.pages());

    assertMiss(worker.fetch(41, CANVAS), CANVAS, Miss.ABSENT);
    assertThat(worker.look(rounded, CANVAS))
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> {
              try (var room = (Room<?>) found.room();
                  var computed = Forwards.forward(41, CANVAS)) {
                var forward = (StoredForward) room.content();
                assertThat(forward.predictions()).isEqualTo(computed.predictions());
                assertThat(forward.page(0, 0)).isNotEqualTo(computed.page(0, 0));
                long exactBytes =
                    StoredForward.bytes(Forwards.LAYOUT, CANVAS.positions(), Forwards.GENERATION);
                assertThat(found.bytes()).isLessThan(exactBytes);
              }
            });
  }

  @Test
  void fetch_lessThanWasPublished_isAHit() {
    publish(2, CANVAS);

    assertHit(worker.fetch(2, PROMPT), 2, PROMPT);
    assertHit(worker.fetch(2, PREDICTIONS), 2, PREDICTIONS);
  }

  @Test
  void fetch_moreThanWasPublished_isAMissUntilTheRestIsThere() {
    publish(3, PROMPT);

    assertMiss(worker.fetch(3, CANVAS), CANVAS, Miss.ABSENT);
    publish(3, CANVAS);
    assertThat(worker.counts.published()).isEqualTo(CANVAS.pages());
    assertHit(worker.fetch(3, CANVAS), 3, CANVAS);
  }

  @Test
  void fetch_damagedInTheStore_isAMissAndTakenAwayThere() throws IOException {
    publish(40, PREDICTIONS);
    damage(
        Forwards.context(40)
            .names(Forwards.NAMESPACE, Forwards.SECRETS.get(Forwards.NAMESPACE))
            .predictions());

    assertMiss(worker.fetch(40, PREDICTIONS), PREDICTIONS, Miss.DAMAGED);
    assertMiss(worker.fetch(40, PREDICTIONS), PREDICTIONS, Miss.ABSENT);
    publish(40, PREDICTIONS);
    assertHit(worker.fetch(40, PREDICTIONS), 40, PREDICTIONS);
  }

  /** Flips a bit of a record where it lies, behind its key. */
  private static void damage(PageKey key) throws IOException {
    try (var files = Files.newDirectoryStream(directory, "slab-*.pages")) {
      for (var file : files) {
        try (var channel =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          // Records begin where slots do: at multiples of 4,096.
          var name = ByteBuffer.allocate(PageKey.BYTES);
          for (long at = 0; at < channel.size(); at += 4096) {
            channel.read(name.clear(), at + 16);
            if (ByteBuffer.wrap(key.toByteArray()).equals(name.flip())) {
              channel.write(
                  ByteBuffer.wrap(new byte[] {~0, 1, 2, 3}), at + PageRecord.HEADER_BYTES);
              return;
            }
          }
        }
      }
    }
    throw new AssertionError("the record is in no slab");
  }

  @Test
  void fetch_nothingPublished_isAMiss() {
    assertMiss(worker.fetch(4, PREDICTIONS), PREDICTIONS, Miss.ABSENT);
  }

  @Test
  void fetch_otherNamespaceOrOtherSecret_isAMiss() {
    publish(5, PREDICTIONS);

    var bobs = worker.fetch(5, "bob", PREDICTIONS);
    assertThat(bobs.forward()).isEmpty();
    try (var stranger =
        new SharingWorker(
            server.port(), SharingWorker.PATIENT, Map.of("alice", "guess".getBytes(UTF_8)))) {
      assertThat(stranger.fetch(5, PREDICTIONS).forward()).isEmpty();
    }
  }

  @Test
  void fetch_namespaceWithoutSecret_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> worker.fetch(1, "carol", PREDICTIONS));
  }

  @Test
  void fetch_pagesOfSeveralChunks_isTheSameForward() {
    var layout = new PageLayout(ComputeType.FLOAT32, 2, 16, 128, 2048);
    var need = Need.canvas(layout, 40, 100);
    worker.publish(6, need);
    awaitPublished(need.pages());

    assertHit(worker.fetch(6, need), 6, need);
  }

  @Test
  void fetch_absentService_isAMissThenAPauseThenANewTry() throws IOException {
    try (var absent = new SharingWorker(freePort())) {
      assertMiss(absent, Miss.FAILED, 1);
      assertMiss(absent, Miss.PAUSED, 1);
      absent.clock.advance(Duration.ofMinutes(1));
      assertMiss(absent, Miss.FAILED, 2);
    }
  }

  @Test
  void publish_absentService_isDropped() throws IOException {
    try (var absent = new SharingWorker(freePort())) {
      absent.publish(7, CANVAS);

      Awaitility.await().until(() -> absent.counts.dropped() == 1);
    }
  }

  private void publish(int number, Need need) {
    worker.publish(number, need);
    Awaitility.await()
        .until(() -> {
          var fetched = worker.fetch(number, need);
          fetched.forward().ifPresent(forward -> forward.close());
          return fetched.forward().isPresent();
        });
  }

  private void awaitPublished(int pages) {
    Awaitility.await().until(() -> worker.counts.published() == pages);
  }

  private static void assertHit(SharingWorker.Fetched fetched, int number, Need need) {
    assertThat(fetched.pagesHit()).isEqualTo(need.pages());
    assertThat(fetched.pagesMissed()).isZero();
    try (var forward = fetched.forward().orElseThrow();
        var expected = Forwards.forward(number, need)) {
      assertThat(Forwards.same(forward, expected)).isTrue();
    }
  }

  private void assertMiss(SharingWorker.Fetched fetched, Need need, Miss reason) {
    assertThat(fetched).isEqualTo(SharingWorker.Fetched.miss(need.pages()));
    assertThat(worker.counts.misses(reason)).isPositive();
  }

  private static void assertMiss(SharingWorker worker, Miss reason, int times) {
    assertThat(worker.fetch(1, PREDICTIONS).forward()).isEmpty();
    assertThat(worker.counts.misses(reason)).isEqualTo(times);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
