package dev.unmask.bench.simulation.size;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A worker that decodes nothing: requests wait for a slot as they come, keep it as long as theirs
 * would take, and tell a beginning, one step and an end.
 */
final class TimedWorker extends DecoderServiceImplBase {
  static final String MODEL = "timed";
  private static final Model DESCRIPTION =
      Model.newBuilder()
          .setIdentity(ModelIdentity.newBuilder().setName(MODEL))
          .setContextLength(4096)
          .setVocabularySize(1 << 20)
          .setMaskToken((1 << 20) - 1)
          .setEndOfSequenceToken((1 << 20) - 2)
          .build();

  private static final Closed CLOSED =
      Closed.newBuilder()
          .setFinishReason(FinishReason.FINISH_REASON_LENGTH)
          .setUsage(Usage.newBuilder().setSteps(1))
          .build();

  private final Timeline timeline;
  private final Costs costs;
  private final String name;
  private final Host host;
  private final Server server;
  private final Queue<Stay> waiting = new ArrayDeque<>();
  private int running;
  private long asked;

  TimedWorker(Timeline timeline, Costs costs, String name) {
    this.timeline = timeline;
    this.costs = costs;
    this.name = name;
    host = new Host(timeline);
    server = new Server(host, Runnable::run, List.of(bindService()));
  }

  Optional<Server> server() {
    return Optional.of(server).filter(_ -> !host.dead());
  }

  /** Calls that asked for its load or its models. */
  long asked() {
    return asked;
  }

  int requests() {
    return running + waiting.size();
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> responses) {
    var stay = new Stay(request, (ServerCallStreamObserver<DecodeResponse>) responses);
    stay.call.setOnCancelHandler(stay::leave);
    waiting.add(stay);
    fill();
  }

  private void fill() {
    while (running < costs.slots() && !waiting.isEmpty()) {
      waiting.remove().begin();
    }
  }

  /** A request here: it waits, keeps a slot, and leaves once. */
  private final class Stay {
    private final DecodeRequest request;
    private final ServerCallStreamObserver<DecodeResponse> call;
    private boolean runs;

    Stay(DecodeRequest request, ServerCallStreamObserver<DecodeResponse> call) {
      this.request = request;
      this.call = call;
    }

    void begin() {
      runs = true;
      running++;
      var there = request.getResumption();
      int step = there.getCheckpoint().getStep() + there.getSteps();
      tell(call, DecodeResponse.newBuilder().setOpened(Opened.newBuilder().setWorker(name)));
      tell(
          call,
          DecodeResponse.newBuilder()
              .setCheckpoint(Checkpoint.newBuilder().setStep(step).addCanvas(1)));
      tell(call, DecodeResponse.newBuilder().setDelta(StepDelta.newBuilder().setStep(step)));
      host.after(costs.hold(timeline.random()), this::end);
    }

    private void end() {
      tell(call, DecodeResponse.newBuilder().setClosed(CLOSED));
      if (!call.isCancelled()) {
        call.onCompleted();
      }
      leave();
    }

    void leave() {
      waiting.remove(this);
      if (runs) {
        runs = false;
        running--;
        fill();
      }
    }
  }

  private static void tell(
      ServerCallStreamObserver<DecodeResponse> call, DecodeResponse.Builder event) {
    if (!call.isCancelled()) {
      call.onNext(event.build());
    }
  }

  @Override
  public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> response) {
    asked++;
    response.onNext(
        GetLoadResponse.newBuilder()
            .setWorker(name)
            .setRunning(running)
            .setWaiting(waiting.size())
            .setSlots(costs.slots())
            .setMedianStep(Durations.fromNanos(Math.round(costs.stepMillis() * 1e6)))
            .build());
    response.onCompleted();
  }

  @Override
  public void describeModels(
      DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> response) {
    asked++;
    response.onNext(DescribeModelsResponse.newBuilder().addModels(DESCRIPTION).build());
    response.onCompleted();
  }

  @Override
  public void watchPrefixes(
      WatchPrefixesRequest request, StreamObserver<WatchPrefixesResponse> response) {
    // It holds none, and never will.
  }
}
