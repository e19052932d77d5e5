package dev.unmask.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.gateway.Story;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every call runs on the test's thread, so what is asked is answered when the call returns. */
class FleetTest {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final ManualTimer timer = new ManualTimer();
  private final Reporter reporter = new Reporter();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server =
        InProcessServerBuilder.forName("fleet-test:1")
            .directExecutor()
            .addService(reporter)
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void view_afterTheFirstAnswer_showsTheWorker() {
    reporter.running = 3;
    try (var fleet = open()) {
      var worker = only(fleet);
      assertThat(worker.name()).isEqualTo("w1");
      assertThat(worker.reachable()).isTrue();
      assertThat(worker.load()).isEqualTo(new Load(3, 1, 4, 0));
      assertThat(worker.models()).containsExactly(Story.model("mini"));
    }
  }

  @Test
  void view_beforeTheFirstAnswer_waits() {
    reporter.silent = true;
    try (var fleet = open()) {
      var view = fleet.view();
      assertThat(view).isNotDone();
      reporter.answerAll();
      assertThat(view).isCompletedWithValueMatching(seen -> seen.workers().size() == 1);
    }
  }

  @Test
  void poll_afterEachInterval_asksAgain() {
    try (var fleet = open()) {
      reporter.running = 2;
      timer.advance(INTERVAL.minusMillis(1));
      assertThat(only(fleet).load().running()).isZero();
      timer.advance(Duration.ofMillis(1));
      assertThat(only(fleet).load().running()).isEqualTo(2);
      assertThat(timer.waiting()).isEqualTo(1);
    }
  }

  @Test
  void poll_ofASilentWorker_isNotRepeatedBeforeItAnswers() {
    try (var fleet = open()) {
      reporter.silent = true;
      timer.advance(INTERVAL);
      timer.advance(INTERVAL);
      timer.advance(INTERVAL);
      assertThat(reporter.pending.size()).isEqualTo(1);
      assertThat(only(fleet).reachable()).isTrue();
    }
  }

  @Test
  void poll_thatFails_hidesTheWorkerUntilItAnswersAgain() {
    try (var fleet = open()) {
      reporter.failing = true;
      timer.advance(INTERVAL);
      assertThat(only(fleet).reachable()).isFalse();
      assertThat(only(fleet).models()).containsExactly(Story.model("mini"));
      reporter.failing = false;
      timer.advance(INTERVAL);
      assertThat(only(fleet).reachable()).isTrue();
    }
  }

  @Test
  void send_countsUntilAReportAskedForLater() {
    try (var fleet = open()) {
      var _ = fleet.send(only(fleet));
      var _ = fleet.ask(only(fleet));
      assertThat(only(fleet).load().unreported()).isEqualTo(1);
      reporter.silent = true;
      timer.advance(INTERVAL);
      var _ = fleet.send(only(fleet));
      assertThat(only(fleet).load().unreported()).isEqualTo(2);
      reporter.answerAll();
      assertThat(only(fleet).load().unreported()).isEqualTo(1);
    }
  }

  @Test
  void lost_worker_isHiddenUntilItAnswersAgain() {
    try (var fleet = open()) {
      fleet.lost(only(fleet));
      assertThat(only(fleet).reachable()).isFalse();
      timer.advance(INTERVAL);
      assertThat(only(fleet).reachable()).isTrue();
    }
  }

  @Test
  void close_stopsAsking() {
    var fleet = open();
    fleet.close();
    timer.advance(INTERVAL);
    assertThat(timer.waiting()).isZero();
  }

  private Fleet open() {
    return Fleet.open(
        new RoutingSettings(INTERVAL, 0.5),
        fleet -> fleet.accept(List.of(Endpoint.at(new WorkerAddress("fleet-test", 1)))),
        worker -> InProcessChannelBuilder.forName(worker.authority()).directExecutor().build(),
        timer);
  }

  private static WorkerView only(Fleet fleet) {
    return fleet.view().join().workers().getFirst();
  }

  /** A worker that reports what a test sets, at once or when told to. */
  private static final class Reporter extends DecoderServiceImplBase {
    private final List<StreamObserver<GetLoadResponse>> pending = new ArrayList<>();
    private int running;
    private boolean silent;
    private boolean failing;

    @Override
    public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
      if (failing) {
        observer.onError(Status.UNAVAILABLE.asRuntimeException());
      } else if (silent) {
        pending.add(observer);
      } else {
        answer(observer);
      }
    }

    private void answerAll() {
      pending.forEach(this::answer);
      pending.clear();
    }

    private void answer(StreamObserver<GetLoadResponse> observer) {
      observer.onNext(
          GetLoadResponse.newBuilder()
              .setWorker("w1")
              .setRunning(running)
              .setWaiting(1)
              .setSlots(4)
              .build());
      observer.onCompleted();
    }

    @Override
    public void describeModels(
        DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> observer) {
      observer.onNext(DescribeModelsResponse.newBuilder().addModels(Story.model("mini")).build());
      observer.onCompleted();
    }
  }
}
