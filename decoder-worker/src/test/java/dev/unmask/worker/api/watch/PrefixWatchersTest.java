package dev.unmask.worker.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.prompt.Pieces;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.serving.retained.Holdings;
import dev.unmask.worker.serving.retained.RetainedPrefixes;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gateways that watch: one that is slow, too many, and at a worker's end. */
class PrefixWatchersTest {
  private static final int PIECES = 4 * Limits.PREFIX_EVENTS;

  private final Holdings holdings = new Holdings();
  private final KvPool pool = new KvPool(64);
  private final RetainedPrefixes retained = new RetainedPrefixes(pool, 1, 32, holdings);
  private final PrefixWatchers watchers = new PrefixWatchers(holdings);
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    var api =
        new DecoderServiceImplBase() {
          @Override
          public void watchPrefixes(
              WatchPrefixesRequest request, StreamObserver<WatchPrefixesResponse> out) {
            try {
              watchers.add((ServerCallStreamObserver<WatchPrefixesResponse>) out);
            } catch (ProblemException e) {
              out.onError(Problems.toStatus(e));
            }
          }
        };
    server = InProcessServerBuilder.forName("prefixes").addService(api).build().start();
    channel = InProcessChannelBuilder.forName("prefixes").build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
    watchers.close();
  }

  @Test
  void watch_anyTime_beginsWithWhatIsThereAndGoesOn() {
    hold(1, 2);
    var reader = watch();
    reader.take(10);
    await().until(() -> reader.held().equals(List.of(1L, 2L)));
    assertThat(reader.events().getFirst().hasSnapshot()).isTrue();
    hold(3);
    await().until(() -> reader.held().equals(List.of(3L)));
    assertThat(reader.events()).hasSize(3);
  }

  @Test
  void watch_slowReader_isToldWhatItMissedAndThenEverythingAnew() {
    var reader = watch();
    reader.take(1);
    await().until(() -> reader.events().size() == 1);
    for (int i = 1; i <= PIECES; i++) {
      hold(i);
    }
    reader.take(10 * PIECES);
    await().until(() -> reader.held().equals(List.of((long) PIECES)));
    assertThat(reader.events().stream().filter(WatchPrefixesResponse::hasMissed)).hasSize(1);
    assertThat(reader.events().stream().filter(WatchPrefixesResponse::hasSnapshot)).hasSize(2);
    assertThat(reader.events().size()).isLessThan(Limits.PREFIX_EVENTS + 20);
    hold(9_999);
    await().until(() -> reader.held().equals(List.of(9_999L)));
  }

  @Test
  void watch_tooMany_isRefusedUntilOneLeaves() {
    var all = new ArrayList<WatchingReader>();
    for (int i = 0; i < Limits.PREFIX_WATCHERS; i++) {
      all.add(watch());
    }
    await().until(() -> watchers.count() == Limits.PREFIX_WATCHERS);
    var refused = watch();
    await().until(() -> refused.status().isPresent());
    assertThat(refused.status().orElseThrow().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    all.getFirst().cancel();
    await().until(() -> watchers.count() < Limits.PREFIX_WATCHERS);
    var next = watch();
    next.take(1);
    await().until(() -> next.events().size() == 1);
  }

  @Test
  void close_endsTheCallsAndTakesNoMore() {
    var reader = watch();
    reader.take(1);
    await().until(() -> reader.events().size() == 1);
    watchers.close();
    await().until(() -> reader.status().isPresent());
    assertThat(reader.status().orElseThrow().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    hold(1);
    var late = watch();
    await().until(() -> late.status().isPresent());
    assertThat(late.status().orElseThrow().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  /** The pool has room for one prefix: what was held before is dropped. */
  private void hold(long... digests) {
    var run = pool.take(64).orElseThrow();
    int[] tokens = new int[64];
    tokens[0] = (int) digests[0];
    var pieces = new Pieces(LongStream.of(digests).boxed().toList());
    retained.retain("ours", run, tokens, pieces);
    pool.give(run);
  }

  private WatchingReader watch() {
    var reader = new WatchingReader();
    DecoderServiceGrpc.newStub(channel)
        .watchPrefixes(WatchPrefixesRequest.getDefaultInstance(), reader);
    return reader;
  }
}
