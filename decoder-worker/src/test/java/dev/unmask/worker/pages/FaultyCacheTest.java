package dev.unmask.worker.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.worker.pages.transfer.Miss;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a cache-service answers, a worker gets a sound forward or a miss. */
final class FaultyCacheTest {
  private static final Need NEED =
      Need.canvas(Forwards.LAYOUT, Forwards.PROMPT, Forwards.GENERATION);

  @Test
  void fetch_soundAnswer_isAHit() {
    assertThat(fetchThrough(UnaryOperator.identity())).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void fetch_damagedAnswer_isAMiss(
      String damage, UnaryOperator<List<ReadPagesResponse>> fault, Miss expected) {
    assertThat(fetchThrough(fault)).as(damage).containsExactly(expected);
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        damage("bit of a payload", change(5, FaultyCacheTest::flipLast), Miss.DAMAGED),
        damage("bit of a header", change(4, FaultyCacheTest::flipFirst), Miss.DAMAGED),
        damage("page gone", FaultyCacheTest::missing, Miss.ABSENT),
        damage("end too early", all -> all.subList(0, 7), Miss.DAMAGED),
        damage("nothing", all -> List.of(), Miss.DAMAGED),
        damage("a page twice", FaultyCacheTest::extra, Miss.DAMAGED),
        damage("pages swapped", FaultyCacheTest::swapPages, Miss.DAMAGED),
        damage("chunks swapped", FaultyCacheTest::swapChunks, Miss.DAMAGED),
        damage("wrong index", change(2, c -> c.setKeyIndex(0)), Miss.DAMAGED),
        damage("huge index", change(2, c -> c.setKeyIndex(-1)), Miss.DAMAGED),
        damage("wrong length", change(2, c -> c.setLength(c.getLength() + 1)), Miss.DAMAGED),
        damage("wrong offset", change(3, c -> c.setOffset(0)), Miss.DAMAGED),
        damage("no data", change(3, ReadPagesResponse.Builder::clearData), Miss.DAMAGED),
        damage(
            "too much data",
            change(3, c -> c.setData(c.getData().concat(c.getData()))),
            Miss.DAMAGED),
        damage(
            "huge chunk",
            change(3, c -> c.setData(ByteString.copyFrom(new byte[1 << 20]))),
            Miss.DAMAGED));
  }

  @Test
  void fetch_serviceDiesInMidStream_isAMissInGoodTime() {
    var dying = new AtomicReference<FaultyCache>();
    FaultyCache.Fault fault =
        (truth, out) -> {
          truth.subList(0, 6).forEach(out::onNext);
          dying.get().die();
        };
    try (var cache = new FaultyCache(fault);
        var worker = new SharingWorker(cache.port())) {
      dying.set(cache);
      publish(worker);

      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.counts.misses(Miss.FAILED)).isEqualTo(1);
      // Either its pause is on or, once the connection is known to be lost, that of all.
      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.counts.misses(Miss.PAUSED)).isPositive();
    }
  }

  @Test
  void fetch_serviceRefuses_isAMiss() {
    FaultyCache.Fault fault =
        (truth, out) -> out.onError(Status.RESOURCE_EXHAUSTED.asRuntimeException());
    try (var cache = new FaultyCache(fault);
        var worker = new SharingWorker(cache.port())) {
      publish(worker);

      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.counts.misses(Miss.FAILED)).isEqualTo(1);
    }
  }

  @Test
  void reachable_serviceThatIsGone_isNotOnceItFailed() {
    try (var cache = new FaultyCache((truth, out) -> send(truth, out));
        var worker = new SharingWorker(cache.port())) {
      publish(worker);
      cache.die();

      assertThat(worker.forwards.reachable()).isTrue();
      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.forwards.reachable()).isFalse();
    }
  }

  @Test
  void fetch_serviceStallsInMidStream_isAMissAtTheDeadline() {
    var patience = new Patience(SharingWorker.LONG, Duration.ofMillis(300), SharingWorker.LONG);
    FaultyCache.Fault fault = (truth, out) -> truth.subList(0, 6).forEach(out::onNext);
    try (var cache = new FaultyCache(fault);
        var worker = new SharingWorker(cache.port(), patience, Forwards.SECRETS)) {
      publish(worker);

      assertThat(worker.fetch(1, NEED).forward()).isEmpty();
      assertThat(worker.counts.misses(Miss.LATE)).isEqualTo(1);
    }
  }

  @Test
  void fetch_callerInterrupted_isAMissAndKeepsTheInterrupt() throws InterruptedException {
    var asked = new CountDownLatch(1);
    FaultyCache.Fault fault = (truth, out) -> asked.countDown();
    try (var cache = new FaultyCache(fault);
        var worker = new SharingWorker(cache.port())) {
      publish(worker);
      var seen = new AtomicReference<String>();
      var caller =
          Thread.ofPlatform()
              .start(() ->
                  seen.set(
                      worker.fetch(1, NEED).forward().isEmpty()
                          + " "
                          + Thread.currentThread().isInterrupted()));
      assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

      caller.interrupt();

      assertThat(caller.join(Duration.ofSeconds(20))).isTrue();
      assertThat(seen).hasValue("true true");
    }
  }

  @Test
  void publish_whileTheWriterIsBusy_dropsWhatDoesNotFit() {
    var free = new CountDownLatch(1);
    try (var cache = new FaultyCache(new Stuck(free));
        var worker = new SharingWorker(cache.port())) {
      for (int number = 0; number < 20; number++) {
        worker.publish(number, NEED);
      }
      assertThat(worker.counts.dropped()).isBetween(15L, 16L);
      free.countDown();

      Awaitility.await()
          .until(() -> worker.counts.published() == (20 - worker.counts.dropped()) * NEED.pages());
    }
  }

  /** Answers nothing until it is let go. */
  private record Stuck(CountDownLatch free) implements FaultyCache.Fault {
    @Override
    public void before() {
      try {
        assertThat(free.await(20, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void answer(List<ReadPagesResponse> truth, StreamObserver<ReadPagesResponse> out) {
      send(truth, out);
    }
  }

  private static void publish(SharingWorker worker) {
    worker.publish(1, NEED);
    Awaitility.await().until(() -> worker.counts.published() == NEED.pages());
  }

  /**
   * Publishes, fetches, and says why that was a miss; nothing if it was a hit with the right bytes.
   */
  private static List<Miss> fetchThrough(UnaryOperator<List<ReadPagesResponse>> fault) {
    FaultyCache.Fault answer = (truth, out) -> send(fault.apply(truth), out);
    try (var cache = new FaultyCache(answer);
        var worker = new SharingWorker(cache.port())) {
      publish(worker);
      worker
          .fetch(1, NEED)
          .forward()
          .ifPresent(forward -> {
            try (forward;
                var expected = Forwards.forward(1, NEED)) {
              assertThat(Forwards.same(forward, expected)).isTrue();
            }
          });
      var misses = Stream.of(Miss.values()).filter(r -> worker.counts.misses(r) > 0).toList();
      assertThat(worker.counts.hits() + misses.size()).isEqualTo(1);
      return misses;
    }
  }

  private static void send(List<ReadPagesResponse> answers, StreamObserver<ReadPagesResponse> out) {
    answers.forEach(out::onNext);
    out.onCompleted();
  }

  private static Arguments damage(
      String name, UnaryOperator<List<ReadPagesResponse>> fault, Miss expected) {
    return Arguments.of(name, fault, expected);
  }

  private static UnaryOperator<List<ReadPagesResponse>> change(
      int index, UnaryOperator<ReadPagesResponse.Builder> edit) {
    return all -> {
      var changed = new ArrayList<>(all);
      changed.set(index, edit.apply(all.get(index).toBuilder()).build());
      return changed;
    };
  }

  private static ReadPagesResponse.Builder flipFirst(ReadPagesResponse.Builder chunk) {
    return flip(chunk, 20);
  }

  private static ReadPagesResponse.Builder flipLast(ReadPagesResponse.Builder chunk) {
    return flip(chunk, chunk.getData().size() - 1);
  }

  private static ReadPagesResponse.Builder flip(ReadPagesResponse.Builder chunk, int index) {
    byte[] data = chunk.getData().toByteArray();
    data[index] ^= 1;
    return chunk.setData(ByteString.copyFrom(data));
  }

  private static List<ReadPagesResponse> missing(List<ReadPagesResponse> all) {
    var changed = new ArrayList<>(all.subList(0, 4));
    changed.add(ReadPagesResponse.newBuilder().setKeyIndex(2).setMissing(true).build());
    changed.addAll(all.subList(6, all.size()));
    return changed;
  }

  private static List<ReadPagesResponse> extra(List<ReadPagesResponse> all) {
    var changed = new ArrayList<>(all);
    changed.addAll(all.subList(all.size() - 2, all.size()));
    return changed;
  }

  private static List<ReadPagesResponse> swapPages(List<ReadPagesResponse> all) {
    var changed = new ArrayList<>(all);
    // Two full pages of one length, each claiming to be the other.
    for (int half = 0; half < 2; half++) {
      var one = all.get(2 + half);
      var other = all.get(4 + half);
      changed.set(2 + half, other.toBuilder().setKeyIndex(one.getKeyIndex()).build());
      changed.set(4 + half, one.toBuilder().setKeyIndex(other.getKeyIndex()).build());
    }
    return changed;
  }

  private static List<ReadPagesResponse> swapChunks(List<ReadPagesResponse> all) {
    var changed = new ArrayList<>(all);
    Collections.swap(changed, 2, 3);
    return changed;
  }
}
