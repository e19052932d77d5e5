package dev.unmask.worker.pages.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where calls go over real sockets, as instances come, go, fall ill and fall silent. */
@Timeout(60)
class PlacementTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<PageKey> STATES = states();

  private final SettableClock clock = new SettableClock();
  private final Pauses pauses = new Pauses(clock);
  private final List<CountingCache> caches = new ArrayList<>();
  private ManagedChannel channel;

  private static List<PageKey> states() {
    var random = new Random(11);
    return IntStream.range(0, 120)
        .mapToObj(_ -> {
          var name = ByteBuffer.allocate(PageKey.BYTES);
          while (name.hasRemaining()) {
            name.putLong(random.nextLong());
          }
          return PageKey.of(name.array());
        })
        .toList();
  }

  @BeforeEach
  void open() {
    IntStream.range(0, 3).forEach(_ -> caches.add(new CountingCache(0)));
    channel = PageChannels.open(addresses(), new Lanes(1));
    awaitSpread(3);
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
    caches.forEach(CountingCache::close);
  }

  private String addresses() {
    return caches.stream().map(CountingCache::address).collect(Collectors.joining(", "));
  }

  private void find(PageKey state) {
    find(state, channel, LONG);
  }

  private void find(PageKey state, ManagedChannel through, Duration patience) {
    var placed = new Placed(state, pauses);
    try {
      var _ =
          PageCacheServiceGrpc.newBlockingStub(placed.over(through))
              .withDeadlineAfter(patience)
              .findPages(FindPagesRequest.newBuilder().setNamespace("a").build());
    } catch (StatusRuntimeException e) {
      placed.pause().failed();
      throw e;
    }
  }

  private void askAll() {
    STATES.forEach(this::find);
  }

  private List<Set<String>> asked() {
    return caches.stream().map(CountingCache::asked).toList();
  }

  /** At first, states go wherever a connection is; it takes a moment until all are there. */
  private void awaitSpread(int instances) {
    await()
        .until(() -> {
          askAll();
          return asked().stream().filter(states -> !states.isEmpty()).count() == instances;
        });
  }

  @Test
  void find_sameStates_goToTheSameInstancesFromEveryWorker() {
    askAll();
    var first = asked();
    var other = PageChannels.open(addresses(), new Lanes(1));
    try {
      await()
          .untilAsserted(() -> {
            STATES.forEach(state -> find(state, other, LONG));
            assertThat(asked()).isEqualTo(first);
          });
    } finally {
      other.shutdownNow();
    }
    assertThat(first).allMatch(states -> states.size() >= 20);
  }

  @Test
  void find_instanceLost_movesItsStatesOnlyAndBackAgain() {
    askAll();
    var before = asked();
    int port = caches.getFirst().port();
    caches.getFirst().close();

    // The connection is known to be lost within a moment; nothing is asked twice then.
    await()
        .ignoreExceptionsMatching(StatusRuntimeException.class::isInstance)
        .until(() -> {
          clock.advance(Duration.ofMinutes(1));
          askAll();
          return true;
        });
    asked();
    askAll();
    var after = asked();
    for (int instance = 1; instance < 3; instance++) {
      assertThat(after.get(instance)).containsAll(before.get(instance));
    }
    var all = new HashSet<>(after.get(1));
    all.addAll(after.get(2));
    assertThat(all).hasSize(STATES.size());

    caches.set(0, new CountingCache(port));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          askAll();
          assertThat(asked()).isEqualTo(before);
        });
  }

  @Test
  void find_instanceSaysItDoesNotServe_isPassedOverUntilItDoes() {
    askAll();
    var before = asked();
    caches.get(1).serves(false);
    await()
        .untilAsserted(() -> {
          askAll();
          assertThat(asked().get(1)).isEmpty();
        });
    caches.get(1).serves(true);
    await()
        .untilAsserted(() -> {
          askAll();
          assertThat(asked()).isEqualTo(before);
        });
  }

  @Test
  void find_instanceFallsSilent_isLeftAloneForAPauseWhileOthersAreAsked() {
    askAll();
    var before = asked();
    caches.get(2).mute(true);
    var lost =
        STATES.stream()
            .filter(state -> before.get(2).contains(hex(state)))
            .findFirst()
            .orElseThrow();
    assertThat(failure(lost, Duration.ofMillis(300)).getCode())
        .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    asked();

    askAll();
    assertThat(asked().get(2)).isEmpty();
    caches.get(2).mute(false);
    clock.advance(Duration.ofMinutes(1));
    askAll();
    assertThat(asked()).isEqualTo(before);
  }

  @Test
  void find_allReadyOnesPaused_failsAtOnceAndSaysSo() {
    caches.forEach(cache -> pauses.of(cache.address(), 1).failed());
    var placed = new Placed(STATES.getFirst(), pauses);
    var calls =
        PageCacheServiceGrpc.newBlockingStub(placed.over(channel))
            .withDeadlineAfter(20, TimeUnit.SECONDS);

    assertThat(
            catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> calls.findPages(FindPagesRequest.getDefaultInstance()))
                .getStatus()
                .getCode())
        .isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(placed.avoided()).isTrue();
  }

  @Test
  void find_nobodyListens_failsAtOnce() {
    caches.forEach(CountingCache::close);
    await()
        .untilAsserted(() -> {
          clock.advance(Duration.ofMinutes(1));
          assertThat(failure(STATES.getFirst(), LONG).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        });
  }

  private Status failure(PageKey state, Duration patience) {
    return catchThrowableOfType(StatusRuntimeException.class, () -> find(state, channel, patience))
        .getStatus();
  }

  private static String hex(PageKey state) {
    return HexFormat.of().formatHex(state.toByteArray());
  }
}
