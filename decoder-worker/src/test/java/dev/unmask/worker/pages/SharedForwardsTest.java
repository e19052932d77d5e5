package dev.unmask.worker.pages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.cache.CacheServer;
import dev.unmask.worker.engine.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.pages.transfer.Miss;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
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
