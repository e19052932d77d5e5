package dev.unmask.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Workers come and go; every call runs on the test's thread. */
class ChangingFleetTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ManualTimer timer = new ManualTimer();
  private final Map<String, Worker> workers = new TreeMap<>();
  private final Map<String, ManagedChannel> channels = new TreeMap<>();
  private Consumer<List<Endpoint>> told = _ -> {};
  private Fleet fleet;

  @BeforeEach
  void start() throws IOException {
    for (var name : List.of("a", "b", "c")) {
      workers.put(name, new Worker(name));
    }
    fleet =
        Fleet.open(
            new RoutingSettings(INTERVAL, 0.5), listener -> told = listener, this::channel, timer);
  }

  @AfterEach
  void stop() {
    fleet.close();
    workers.values().forEach(worker -> worker.server.shutdownNow());
  }

  @Test
  void view_beforeAnybodyWasLookedFor_waits() {
    var view = fleet.view();
    assertThat(view).isNotDone();
    tell("a");
    assertThat(view).isCompletedWithValueMatching(seen -> seen.workers().size() == 1);
  }

  @Test
  void view_nobodyFound_isEmpty() {
    tell();
    assertThat(names()).isEmpty();
  }

  @Test
  void newWorker_isAskedAtOnce() {
    tell("a");
    tell("a", "b");
    assertThat(names()).containsExactly("a", "b");
    timer.advance(INTERVAL);
    assertThat(workers.get("a").asked).isEqualTo(2);
    assertThat(workers.get("b").asked).isEqualTo(2);
  }

  @Test
  void sameWorkers_keepTheirChannels() {
    tell("a", "b");
    var before = Map.copyOf(channels);
    tell("b", "a");
    assertThat(channels).isEqualTo(before);
    assertThat(timer.waiting()).isEqualTo(2);
  }

  @Test
  void goneWorker_withoutRequests_isNotChosenAndItsChannelEnds() {
    tell("a", "b");
    tell("b");
    assertThat(names()).containsExactly("b");
    timer.advance(INTERVAL);
    assertThat(channels.get("a").isShutdown()).isTrue();
    assertThat(channels.get("b").isShutdown()).isFalse();
  }

  @Test
  void goneWorker_withARequest_endsItFirst() {
    tell("a", "b");
    var request = new Recording();
    fleet.send(worker("a")).decode(DecodeRequest.getDefaultInstance(), request);
    var a = worker("a");
    tell("b");
    timer.advance(INTERVAL);
    workers.get("a").requests.getFirst().onNext(DecodeResponse.getDefaultInstance());
    assertThat(request.events).isEqualTo(1);
    assertThat(fleet.pulse(a).answers()).isTrue();
    workers.get("a").requests.getFirst().onCompleted();
    assertThat(request.end).contains(Status.Code.OK);
    assertThat(channels.get("a").isShutdown()).isFalse();
    timer.advance(INTERVAL);
    assertThat(channels.get("a").isShutdown()).isTrue();
  }

  @Test
  void goneWorker_withARequestThatDoesNotEnd_isCutOffInTheEnd() {
    tell("a", "b");
    var request = new Recording();
    fleet.send(worker("a")).decode(DecodeRequest.getDefaultInstance(), request);
    tell("b");
    timer.advance(Limits.WORKER_LEAVE_TIME.minusMillis(1));
    assertThat(request.end).isEmpty();
    timer.advance(Duration.ofMillis(1));
    assertThat(request.end).contains(Status.Code.UNAVAILABLE);
    assertThat(channels.get("a").isShutdown()).isTrue();
  }

  @Test
  void goneWorker_thatComesBackBeforeItsRequestEnded_hasNotBeenAway() {
    tell("a", "b");
    var request = new Recording();
    fleet.send(worker("a")).decode(DecodeRequest.getDefaultInstance(), request);
    var channel = channels.get("a");
    tell("b");
    tell("a", "b");
    assertThat(names()).containsExactly("a", "b");
    timer.advance(Limits.WORKER_LEAVE_TIME);
    assertThat(channels.get("a")).isSameAs(channel);
    assertThat(channel.isShutdown()).isFalse();
    assertThat(request.end).isEmpty();
  }

  @Test
  void goneWorker_thatComesBackLater_isAskedAnew() {
    tell("a", "b");
    var channel = channels.get("a");
    tell("b");
    timer.advance(INTERVAL);
    tell("a", "b");
    assertThat(names()).containsExactly("a", "b");
    assertThat(channels.get("a")).isNotSameAs(channel);
  }

  @Test
  void goneWorker_thatComesBackAfterItWasCutOff_isAskedByItsNewChannelOnly() {
    tell("a", "b");
    fleet.send(worker("a")).decode(DecodeRequest.getDefaultInstance(), new Recording());
    tell("b");
    timer.advance(Limits.WORKER_LEAVE_TIME);
    tell("a", "b");
    assertThat(names()).containsExactly("a", "b");
    timer.advance(INTERVAL);
    assertThat(timer.waiting()).isEqualTo(2);
  }

  @Test
  void send_toAWorkerThatIsGone_failsAsALostOneDoes() {
    tell("a", "b");
    var a = worker("a");
    tell("b");
    timer.advance(INTERVAL);
    var request = new Recording();
    fleet.send(a).decode(DecodeRequest.getDefaultInstance(), request);
    assertThat(request.end).contains(Status.Code.UNAVAILABLE);
    assertThat(fleet.pulse(a).answers()).isFalse();
    fleet.lost(a);
  }

  @Test
  void close_whileAWorkerLeaves_endsEverything() {
    tell("a", "b");
    var request = new Recording();
    fleet.send(worker("a")).decode(DecodeRequest.getDefaultInstance(), request);
    tell("b");
    fleet.close();
    assertThat(request.end).contains(Status.Code.UNAVAILABLE);
    tell("c");
    assertThat(channels).doesNotContainKey("c");
    timer.advance(Limits.WORKER_LEAVE_TIME);
    assertThat(timer.waiting()).isZero();
  }

  private void tell(String... names) {
    told.accept(Stream.of(names).map(name -> Endpoint.at(new WorkerAddress(name, 1))).toList());
  }

  private List<String> names() {
    return fleet.view().join().workers().stream().map(WorkerView::name).toList();
  }

  private WorkerView worker(String name) {
    return fleet.now().workers().stream()
        .filter(worker -> worker.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private ManagedChannel channel(Endpoint worker) {
    var channel = InProcessChannelBuilder.forName(worker.authority()).directExecutor().build();
    channels.put(worker.address().host(), channel);
    return channel;
  }

  /** What is heard of a request. */
  private static final class Recording implements StreamObserver<DecodeResponse> {
    private Optional<Status.Code> end = Optional.empty();
    private int events;

    @Override
    public void onNext(DecodeResponse event) {
      events++;
    }

    @Override
    public void onError(Throwable failure) {
      end = Optional.of(Status.fromThrowable(failure).getCode());
    }

    @Override
    public void onCompleted() {
      end = Optional.of(Status.Code.OK);
    }
  }

  /** A worker that says its name and keeps its requests. */
  private static final class Worker extends DecoderServiceImplBase {
    private final List<StreamObserver<DecodeResponse>> requests = new ArrayList<>();
    private final String name;
    private final Server server;
    private int asked;

    Worker(String name) throws IOException {
      this.name = name;
      this.server =
          InProcessServerBuilder.forName(name + ":1")
              .directExecutor()
              .addService(this)
              .build()
              .start();
    }

    @Override
    public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
      asked++;
      observer.onNext(GetLoadResponse.newBuilder().setWorker(name).setSlots(1).build());
      observer.onCompleted();
    }

    @Override
    public void describeModels(
        DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> observer) {
      observer.onNext(DescribeModelsResponse.getDefaultInstance());
      observer.onCompleted();
    }

    @Override
    public void decode(DecodeRequest request, StreamObserver<DecodeResponse> observer) {
      requests.add(observer);
    }
  }
}
