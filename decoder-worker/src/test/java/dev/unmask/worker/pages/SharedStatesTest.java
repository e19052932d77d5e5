package dev.unmask.worker.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.unmask.cache.CacheServer;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who computes and who waits, with two workers and a real cache-service. Each test has a context of
 * its own.
 */
@Timeout(60)
final class SharedStatesTest {
  private static final Need NEED =
      Need.canvas(Forwards.LAYOUT, Forwards.PROMPT, Forwards.GENERATION);

  @TempDir private static Path directory;
  private static CacheServer server;
  private static SharingWorker one;
  private static SharingWorker two;

  @BeforeAll
  static void start() {
    server =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    one = new SharingWorker(server.port());
    two = new SharingWorker(server.port());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    server.close();
  }

  private static Lookup<StoredForward> look(SharingWorker worker, int number) {
    return worker.look(number, Forwards.NAMESPACE, NEED);
  }

  private static Lease lease(Lookup<StoredForward> lookup) {
    return ((Lookup.Absent<StoredForward>) lookup).lease();
  }

  @Test
  void look_manyAtOnce_oneComputesAndAllOthersFetch() throws Exception {
    var computed = new AtomicInteger();
    var together = new CountDownLatch(16);
    var asked = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 16; i++) {
        var worker = i % 2 == 0 ? one : two;
        asked.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              return compute(worker, 1, computed);
            }));
      }
      for (var one : asked) {
        assertThat(one.get(50, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(computed).hasValue(1);
  }

  /** As a request does; whether what it has then is right. */
  private static boolean compute(SharingWorker worker, int number, AtomicInteger computed) {
    return switch (look(worker, number)) {
      case Lookup.Found<StoredForward> found -> {
        try (var room = found.room();
            var expected = Forwards.forward(number, NEED)) {
          yield Forwards.same(room.content(), expected);
        }
      }
      case Lookup.Absent<StoredForward> absent -> {
        computed.incrementAndGet();
        worker.publish(number, NEED, absent.lease());
        yield true;
      }
      case Lookup.Declined<StoredForward> _ -> false;
    };
  }

  @Test
  void look_holderGivesUp_theNextOneComputes() {
    var holder = lease(look(one, 2));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = threads.submit(() -> look(two, 2));
      holder.close();

      assertThat(next).succeedsWithin(Duration.ofSeconds(20)).isInstanceOf(Lookup.Absent.class);
      lease(next.resultNow()).close();
    }
  }

  @Test
  void look_holderDies_theNextOneComputesWithinTheTerm() {
    // A worker that asks for the lease and is never heard of again.
    var channel = PageChannels.open("127.0.0.1:" + server.port(), new Lanes(1));
    hold(channel, 3, Duration.ofMillis(500));
    channel.shutdownNow();

    long start = System.nanoTime();
    var lookup = look(one, 3);

    assertThat(lookup).isInstanceOf(Lookup.Absent.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    lease(lookup).close();
  }

  @Test
  void look_waiterInterrupted_isToComputeAndKeepsTheInterrupt() throws InterruptedException {
    try (var holder = lease(look(one, 4))) {
      var seen = new ArrayList<Boolean>();
      var waiter =
          Thread.ofPlatform()
              .start(() -> {
                seen.add(look(two, 4) instanceof Lookup.Absent<StoredForward>);
                seen.add(Thread.currentThread().isInterrupted());
              });
      waiter.interrupt();
      assertThat(waiter.join(Duration.ofSeconds(20))).isTrue();
      assertThat(seen).containsExactly(true, true);
      assertThat(holder).isNotNull();
    }
  }

  @Test
  void publish_dropped_letsTheNextOneComputeAtOnce() {
    var holder = lease(look(one, 5));
    var closed = new SharingWorker(server.port());
    closed.close();
    closed.publish(5, NEED, holder);
    // Nobody writes any more: what is still in the queue is given up when the worker ends.
    closed.close();

    assertThat(look(two, 5)).isInstanceOf(Lookup.Absent.class);
  }

  @Test
  void publish_state_tellsItsNameAndCostWithEveryPage() {
    try (var cache = new FaultyCache((_, out) -> out.onCompleted());
        var worker = new SharingWorker(cache.port())) {
      worker.publish(6, NEED);
      Awaitility.await().until(() -> worker.counts.published() == NEED.pages());

      var name =
          Forwards.context(6)
              .names(Forwards.NAMESPACE, Forwards.SECRETS.get(Forwards.NAMESPACE))
              .whole()
              .toMessage();
      assertThat(cache.firstChunks())
          .hasSize(NEED.pages())
          .allMatch(chunk -> chunk.getState().equals(name))
          .allMatch(chunk -> chunk.getCostMicros() == 40_000);
    }
  }

  private static void hold(ManagedChannel channel, int number, Duration term) {
    var names =
        Forwards.context(number)
            .names(Forwards.NAMESPACE, Forwards.SECRETS.get(Forwards.NAMESPACE));
    var response =
        LeaseServiceGrpc.newBlockingStub(channel)
            .acquireLease(
                AcquireLeaseRequest.newBuilder()
                    .setNamespace(Forwards.NAMESPACE)
                    .setState(names.whole().toMessage())
                    .setTerm(Durations.fromMillis(term.toMillis()))
                    .build());
    assertThat(response.hasGranted()).isTrue();
  }
}
