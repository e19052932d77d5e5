package dev.unmask.gateway.session;

import com.google.protobuf.util.Durations;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.gateway.Story;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A worker in this process that speaks when a test says so. All runs on the test's thread: what it
 * says is heard once the method returns.
 */
final class ScriptedWorker extends DecoderServiceImplBase implements AutoCloseable {
  final List<DecodeRequest> requests = new ArrayList<>();
  final List<ServerCallStreamObserver<DecodeResponse>> gateways = new ArrayList<>();
  int cancelled;
  private int ended;
  private final String name;
  private final Server server;
  private boolean answersPolls = true;
  private Duration medianStep = Duration.ZERO;

  ScriptedWorker(String name) {
    this.name = name;
    this.server =
        InProcessServerBuilder.forName(name + ":1").directExecutor().addService(this).build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells events of the last request. */
  void tell(DecodeResponse... events) {
    for (var event : events) {
      gateways.getLast().onNext(event);
    }
  }

  /** Ends the last request as a broken connection does. */
  void breakOff() {
    ended++;
    gateways.getLast().onError(Status.UNAVAILABLE.asRuntimeException());
  }

  /** Whether a request is under way. */
  boolean busy() {
    return requests.size() > ended + cancelled;
  }

  void complete() {
    ended++;
    gateways.getLast().onCompleted();
  }

  void answersPolls(boolean now) {
    answersPolls = now;
  }

  void medianStep(Duration step) {
    medianStep = step;
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> observer) {
    var gateway = (ServerCallStreamObserver<DecodeResponse>) observer;
    gateway.setOnCancelHandler(() -> cancelled++);
    requests.add(request);
    gateways.add(gateway);
  }

  @Override
  public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
    if (!answersPolls) {
      observer.onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
      return;
    }
    observer.onNext(
        GetLoadResponse.newBuilder()
            .setWorker(name)
            .setSlots(4)
            .setMedianStep(Durations.fromNanos(medianStep.toNanos()))
            .build());
    observer.onCompleted();
  }

  @Override
  public void describeModels(
      DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> observer) {
    observer.onNext(DescribeModelsResponse.newBuilder().addModels(Story.model("mini")).build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
