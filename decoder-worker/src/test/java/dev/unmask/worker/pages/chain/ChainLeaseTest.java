package dev.unmask.worker.pages.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import dev.unmask.cache.CacheServer;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.worker.pages.SharingWorker;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.transfer.Lanes;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who computes the rest of a chain and who waits, with two workers and a real cache-service. Each
 * test has tokens of its own.
 */
@Timeout(60)
final class ChainLeaseTest {
  private static final Duration SOON = Duration.ofSeconds(20);

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

  /** Computes what is missing, as a request does. */
  private static void computeRest(SharingWorker worker, Beginning beginning, int... tokens) {
    var chain = worker.chains.chain(Chains.TERMS, tokens);
    var span = Chains.computed(Chains.TERMS, tokens, beginning.present(), chain.length());
    worker.chains.publish(
        chain, beginning.present(), span, Duration.ofMillis(1), beginning.lease());
  }

  @Test
  void find_manyAtOnce_oneComputesAndAllOthersFetch() throws Exception {
    int[] tokens = Chains.tokens(101, 20);
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
              var beginning = Chains.find(worker, tokens);
              if (beginning.missed() > 0) {
                computed.incrementAndGet();
                computeRest(worker, beginning, tokens);
                return true;
              }
              return Chains.right(beginning, Chains.TERMS, tokens);
            }));
      }
      for (var answer : asked) {
        assertThat(answer.get(50, TimeUnit.SECONDS)).isTrue();
      }
    }
    assertThat(computed).hasValue(1);
  }

  @Test
  void find_sameMissingBeginning_waitsAndComputesItsOwnEndOnly() {
    int[] holders = Chains.tokens(102, 5);
    int[] waiters = Chains.tokens(holders, 4, Chains.tokens(103, 2), 2);
    var holder = Chains.find(one, holders);
    assertThat(holder.found()).isEmpty();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = threads.submit(() -> Chains.find(two, waiters));
      computeRest(one, holder, holders);

      assertThat(waiting)
          .succeedsWithin(SOON)
          .satisfies(beginning -> {
            assertThat(beginning.missed()).isEqualTo(2 * Chains.LAYOUT.layers());
            assertThat(Chains.links(beginning, Chains.TERMS, waiters)).isEqualTo(4);
          });
    }
  }

  @Test
  void find_otherMissingBeginning_waitsForNobody() {
    int[] common = Chains.tokens(104, 3);
    var first = Chains.find(one, common);
    computeRest(one, first, common);
    int[] ones = Chains.tokens(common, 3, Chains.tokens(105, 3), 3);
    int[] others = Chains.tokens(common, 3, Chains.tokens(106, 3), 3);
    // Waits until they are published.
    assertThat(Chains.links(two, common)).isEqualTo(3);

    long granted = one.counts.granted() + two.counts.granted();
    var left = Chains.find(one, ones);
    var right = Chains.find(two, others);

    assertThat(one.counts.granted() + two.counts.granted()).isEqualTo(granted + 2);
    assertThat(Chains.links(left, Chains.TERMS, ones)).isEqualTo(3);
    assertThat(Chains.links(right, Chains.TERMS, others)).isEqualTo(3);
  }

  @Test
  void find_fewMissing_asksForNoLease() {
    long granted = one.counts.granted();
    assertThat(Chains.find(one, Chains.tokens(110, 2)).missed()).isPositive();
    assertThat(one.counts.granted()).isEqualTo(granted);
    Chains.find(one, Chains.tokens(111, 3)).lease().close();
    assertThat(one.counts.granted()).isEqualTo(granted + 1);
  }

  @Test
  void find_holderGivesUp_theNextOneComputes() {
    int[] tokens = Chains.tokens(107, 3);
    var holder = Chains.find(one, tokens);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var next = threads.submit(() -> Chains.find(two, tokens));
      holder.lease().close();

      assertThat(next)
          .succeedsWithin(SOON)
          .satisfies(beginning -> assertThat(beginning.missed()).isPositive());
      next.resultNow().lease().close();
    }
  }

  @Test
  void find_holderDies_theNextOneComputesWithinTheTerm() {
    int[] tokens = Chains.tokens(108, 3);
    // A worker that asks for the lease and is never heard of again.
    var channel = PageChannels.open("127.0.0.1:" + server.port(), new Lanes(1));
    var first = one.chains.chain(Chains.TERMS, tokens).links().getFirst();
    var held =
        LeaseServiceGrpc.newBlockingStub(channel)
            .acquireLease(
                AcquireLeaseRequest.newBuilder()
                    .setNamespace("alice")
                    .setState(first.name().toMessage())
                    .setTerm(Durations.fromMillis(500))
                    .build());
    assertThat(held.hasGranted()).isTrue();
    channel.shutdownNow();

    long start = System.nanoTime();
    var beginning = Chains.find(two, tokens);

    assertThat(beginning.found()).isEmpty();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    beginning.lease().close();
  }

  @Test
  void find_waiterInterrupted_isToComputeAndKeepsTheInterrupt() throws InterruptedException {
    int[] tokens = Chains.tokens(109, 40);
    var holder = Chains.find(one, tokens);
    var seen = new ArrayList<Boolean>();
    var waiter =
        Thread.ofPlatform()
            .start(() -> {
              seen.add(Chains.find(two, tokens).missed() > 0);
              seen.add(Thread.currentThread().isInterrupted());
            });
    waiter.interrupt();

    assertThat(waiter.join(SOON)).isTrue();
    assertThat(seen).containsExactly(true, true);
    holder.lease().close();
  }
}
