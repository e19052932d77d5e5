package dev.unmask.worker.pages.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.ReadPagesResponse;
import dev.unmask.worker.pages.FaultyCache;
import dev.unmask.worker.pages.Patience;
import dev.unmask.worker.pages.SharingWorker;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.pages.transfer.Miss;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a cache-service answers, a worker gets a sound beginning of a chain, or none. */
@Timeout(60)
final class FaultyChainTest {
  private static final int LAYERS = Chains.LAYOUT.layers();

  /** Each page comes in two chunks. */
  private static final int CHUNKS = 2 * LAYERS;

  private static final int[] TOKENS = Chains.tokens(1, 4);

  @Test
  void find_soundAnswer_isOneFindAndOneReadARun() {
    var finds = new AtomicInteger();
    var reads = new AtomicInteger();
    int[] tokens = Chains.tokens(2, Limits.CHAIN_RUN_LINKS + 1);
    var counting =
        new FaultyCache.Fault() {
          @Override
          public void before() {
            finds.incrementAndGet();
          }

          @Override
          public void answer(List<ReadPagesResponse> truth, StreamObserver<ReadPagesResponse> out) {
            reads.incrementAndGet();
            send(truth, out);
          }
        };
    try (var cache = new FaultyCache(counting);
        var worker = new SharingWorker(cache.port())) {
      publish(worker, tokens);
      finds.set(0);

      assertThat(Chains.links(worker, tokens)).isEqualTo(Limits.CHAIN_RUN_LINKS + 1);
      assertThat(finds).hasValue(2);
      assertThat(reads).hasValue(2);
    }
  }

  @Test
  void publish_links_areStatesOfTheirOwnWithTheirCost() {
    try (var cache = new FaultyCache((_, out) -> out.onCompleted());
        var worker = new SharingWorker(cache.port())) {
      publish(worker, TOKENS);

      var links = worker.chains.chain(Chains.TERMS, TOKENS).links();
      assertThat(cache.firstChunks())
          .hasSize(4 * LAYERS)
          .allMatch(chunk -> chunk.getCostMicros() == 7000);
      for (int link = 0; link < 4; link++) {
        var name = links.get(link).name().toMessage();
        assertThat(cache.firstChunks().subList(link * LAYERS, (link + 1) * LAYERS))
            .allMatch(chunk -> chunk.getState().equals(name));
      }
    }
  }

  @Test
  void find_linkGoneBeforeItIsRead_keepsThoseBeforeIt() {
    assertThat(through(all -> missing(all, 2 * CHUNKS + 2), 2)).isEqualTo(Miss.ABSENT);
  }

  @Test
  void find_linkDamaged_keepsThoseBeforeIt() {
    assertThat(through(all -> damaged(all, 3 * CHUNKS + 1), 3)).isEqualTo(Miss.DAMAGED);
  }

  @Test
  void find_firstLinkDamaged_findsNothing() {
    assertThat(through(all -> damaged(all, 1), 0)).isEqualTo(Miss.DAMAGED);
  }

  @Test
  void find_answerTooShort_keepsWhatCame() {
    assertThat(through(all -> all.subList(0, CHUNKS + 1), 1)).isEqualTo(Miss.DAMAGED);
  }

  @Test
  void find_serviceBreaksOff_keepsWhatCame() {
    assertThat(
            fault(
                (truth, out) -> {
                  truth.subList(0, CHUNKS).forEach(out::onNext);
                  out.onError(Status.UNAVAILABLE.asRuntimeException());
                },
                SharingWorker.PATIENT,
                1))
        .isEqualTo(Miss.FAILED);
  }

  @Test
  void find_serviceStalls_keepsWhatCameByTheDeadline() {
    var patience = new Patience(SharingWorker.LONG, Duration.ofMillis(500), SharingWorker.LONG);

    assertThat(fault((truth, out) -> truth.subList(0, CHUNKS).forEach(out::onNext), patience, 1))
        .isEqualTo(Miss.LATE);
  }

  @Test
  void find_secondRunDamaged_keepsTheFirst() {
    int[] tokens = Chains.tokens(3, Limits.CHAIN_RUN_LINKS + 2);
    FaultyCache.Fault second =
        (truth, out) -> send(truth.size() == 2 * CHUNKS ? damaged(truth, CHUNKS) : truth, out);
    try (var cache = new FaultyCache(second);
        var worker = new SharingWorker(cache.port())) {
      publish(worker, tokens);

      var beginning = Chains.find(worker, tokens);

      assertThat(beginning.missed()).isEqualTo(LAYERS);
      assertThat(Chains.links(beginning, Chains.TERMS, tokens))
          .isEqualTo(Limits.CHAIN_RUN_LINKS + 1);
    }
  }

  @Test
  void find_absentService_findsNothingAndPublishesNothing() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var worker = new SharingWorker(port)) {
      var beginning = Chains.find(worker, TOKENS);
      assertThat(beginning.found()).isEmpty();
      assertThat(beginning.present()).isZero();
      assertThat(worker.chains.reachable()).isFalse();
      worker.chains.publish(
          worker.chains.chain(Chains.TERMS, TOKENS),
          0,
          Chains.computed(Chains.TERMS, TOKENS, 0, 4),
          Duration.ofMillis(7),
          beginning.lease());

      Awaitility.await().until(() -> worker.counts.dropped() == 1);
    }
  }

  private static Miss through(UnaryOperator<List<ReadPagesResponse>> change, int expected) {
    return fault((truth, out) -> send(change.apply(truth), out), SharingWorker.PATIENT, expected);
  }

  /** Finds so many links, all of them right, and says why no more. */
  private static Miss fault(FaultyCache.Fault fault, Patience patience, int expected) {
    try (var cache = new FaultyCache(fault);
        var worker = new SharingWorker("127.0.0.1:" + cache.port(), patience, Chains.SECRETS)) {
      publish(worker, TOKENS);

      var beginning = Chains.find(worker, TOKENS);

      assertThat(beginning.present()).isEqualTo(expected);
      assertThat(beginning.missed()).isEqualTo((4 - expected) * LAYERS);
      assertThat(Chains.links(beginning, Chains.TERMS, TOKENS)).isEqualTo(expected);
      assertThat(worker.counts.hits()).isEqualTo(expected);
      return List.of(Miss.values()).stream()
          .filter(reason -> worker.counts.misses(reason) == 4 - expected)
          .findFirst()
          .orElseThrow();
    }
  }

  private static void publish(SharingWorker worker, int... tokens) {
    var chain = worker.chains.chain(Chains.TERMS, tokens);
    var span = Chains.computed(Chains.TERMS, tokens, 0, chain.length());
    worker.chains.publish(chain, 0, span, Duration.ofMillis(7), Lease.none());
    Awaitility.await().until(() -> worker.counts.published() == chain.pages());
  }

  private static void send(List<ReadPagesResponse> answers, StreamObserver<ReadPagesResponse> out) {
    answers.forEach(out::onNext);
    out.onCompleted();
  }

  private static List<ReadPagesResponse> missing(List<ReadPagesResponse> all, int chunk) {
    var changed = new ArrayList<>(all.subList(0, chunk));
    changed.add(
        ReadPagesResponse.newBuilder()
            .setKeyIndex(all.get(chunk).getKeyIndex())
            .setMissing(true)
            .build());
    changed.addAll(all.subList(chunk + 2, all.size()));
    return changed;
  }

  private static List<ReadPagesResponse> damaged(List<ReadPagesResponse> all, int chunk) {
    byte[] data = all.get(chunk).getData().toByteArray();
    data[data.length - 1] ^= 1;
    var changed = new ArrayList<>(all);
    changed.set(chunk, all.get(chunk).toBuilder().setData(ByteString.copyFrom(data)).build());
    return changed;
  }
}
