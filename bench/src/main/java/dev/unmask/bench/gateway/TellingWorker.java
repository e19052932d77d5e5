package dev.unmask.bench.gateway;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import dev.unmask.type.v1.Usage;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A worker without a model: of every request it tells one delta a generated token. */
final class TellingWorker extends DecoderServiceImplBase implements AutoCloseable {
  private static final int SLOTS = 1024;
  private static final int CONTEXT = 8192;
  private static final int VOCABULARY = 1000;

  private final Server server;
  private final Duration step;
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  /**
   * Serves on any free port of the loopback.
   *
   * @param step time between two deltas; zero: as fast as they are read
   */
  TellingWorker(Duration step) throws IOException {
    this.step = step;
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = NettyServerBuilder.forAddress(address).addService(this).build().start();
  }

  String address() {
    return "127.0.0.1:" + server.getPort();
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> observer) {
    var reader = (ServerCallStreamObserver<DecodeResponse>) observer;
    var telling = new Telling(reader, request);
    if (step.isZero()) {
      reader.setOnReadyHandler(telling::tellAll);
      return;
    }
    telling.tell();
    long nanos = step.toNanos();
    var steps = clock.scheduleAtFixedRate(telling::tell, nanos, nanos, TimeUnit.NANOSECONDS);
    reader.setOnCloseHandler(() -> steps.cancel(false));
    reader.setOnCancelHandler(() -> steps.cancel(false));
  }

  /** One request. Its methods are called one after the other. */
  private static final class Telling {
    private final ServerCallStreamObserver<DecodeResponse> reader;
    private final DecodeRequest request;
    private final int steps;
    private int next = -1;

    Telling(ServerCallStreamObserver<DecodeResponse> reader, DecodeRequest request) {
      this.reader = reader;
      this.request = request;
      this.steps = request.getSpec().getGenerationLength();
    }

    void tellAll() {
      while (reader.isReady() && next <= steps) {
        tell();
      }
    }

    void tell() {
      if (next <= steps) {
        reader.onNext(event(next++));
        if (next > steps) {
          reader.onCompleted();
        }
      }
    }

    private DecodeResponse event(int number) {
      if (number < 0) {
        return DecodeResponse.newBuilder()
            .setOpened(Opened.newBuilder().setRequestId(request.getRequestId()))
            .build();
      }
      if (number == steps) {
        var usage = Usage.newBuilder().setSteps(steps);
        return DecodeResponse.newBuilder().setClosed(Closed.newBuilder().setUsage(usage)).build();
      }
      var commit = Commit.newBuilder().setPosition(number).setToken(7).setConfidence(.9f);
      return DecodeResponse.newBuilder()
          .setDelta(StepDelta.newBuilder().setStep(number).addCommits(commit.setPiece(" seven")))
          .build();
    }
  }

  @Override
  public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
    observer.onNext(GetLoadResponse.newBuilder().setWorker("telling").setSlots(SLOTS).build());
    observer.onCompleted();
  }

  @Override
  public void describeModels(
      DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> observer) {
    var identity =
        ModelIdentity.newBuilder().setName("none").setFamily(ModelFamily.MODEL_FAMILY_LLADA);
    var model =
        Model.newBuilder()
            .setIdentity(identity)
            .setContextLength(CONTEXT)
            .setVocabularySize(VOCABULARY)
            .setMaskToken(VOCABULARY - 1);
    observer.onNext(DescribeModelsResponse.newBuilder().addModels(model).build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
    clock.shutdownNow();
  }
}
