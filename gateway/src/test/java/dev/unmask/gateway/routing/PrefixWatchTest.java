package dev.unmask.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.PromptPieces;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.prompt.Pieces;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call runs on the test's thread. */
class PrefixWatchTest {
  private static final Pieces PROMPT = new Pieces(List.of(1L, 2L, 3L));

  private final List<StreamObserver<WatchPrefixesResponse>> calls = new ArrayList<>();
  private final PrefixWatch watch = new PrefixWatch();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void start() throws IOException {
    var worker =
        new DecoderServiceImplBase() {
          @Override
          public void watchPrefixes(
              WatchPrefixesRequest request, StreamObserver<WatchPrefixesResponse> observer) {
            calls.add(observer);
          }
        };
    server =
        InProcessServerBuilder.forName("watch").directExecutor().addService(worker).build().start();
    channel = InProcessChannelBuilder.forName("watch").directExecutor().build();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void events_inOrder_areFollowed() {
    open();
    calls.getFirst().onNext(snapshot(1L, 3L));
    assertThat(watch.held().leading(PROMPT)).isEqualTo(1);
    calls.getFirst().onNext(stored(2L));
    assertThat(watch.held().leading(PROMPT)).isEqualTo(3);
    calls.getFirst().onNext(dropped(1L));
    assertThat(watch.held().leading(PROMPT)).isZero();
    assertThat(watch.held().isEmpty()).isFalse();
  }

  @Test
  void events_missed_areMadeUpForByTheNextSnapshot() {
    open();
    calls.getFirst().onNext(snapshot(1L, 2L));
    calls.getFirst().onNext(WatchPrefixesResponse.newBuilder().setMissed(7).build());
    assertThat(watch.held().leading(PROMPT)).isEqualTo(2);
    calls.getFirst().onNext(snapshot(1L));
    assertThat(watch.held().leading(PROMPT)).isEqualTo(1);
  }

  @Test
  void open_whileItWatches_makesNoSecondCall() {
    open();
    open();
    assertThat(calls).hasSize(1);
  }

  @Test
  void open_afterTheCallBroke_beginsAnew() {
    open();
    calls.getFirst().onNext(snapshot(1L, 2L, 3L));
    calls.getFirst().onError(Status.UNAVAILABLE.asRuntimeException());
    assertThat(watch.held().isEmpty()).isTrue();
    open();
    assertThat(calls).hasSize(2);
    calls.getLast().onNext(snapshot(1L));
    assertThat(watch.held().leading(PROMPT)).isEqualTo(1);
    calls.getLast().onCompleted();
    assertThat(watch.held().isEmpty()).isTrue();
  }

  private void open() {
    watch.open(DecoderServiceGrpc.newStub(channel));
  }

  private static WatchPrefixesResponse snapshot(Long... digests) {
    return WatchPrefixesResponse.newBuilder().setSnapshot(pieces(digests)).build();
  }

  private static WatchPrefixesResponse stored(Long... digests) {
    return WatchPrefixesResponse.newBuilder().setStored(pieces(digests)).build();
  }

  private static WatchPrefixesResponse dropped(Long... digests) {
    return WatchPrefixesResponse.newBuilder().setDropped(pieces(digests)).build();
  }

  private static PromptPieces pieces(Long... digests) {
    return PromptPieces.newBuilder().addAllDigests(List.of(digests)).build();
  }
}
