package dev.unmask.client;

import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.ListModelsResponse;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelIdentity;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** A gateway on a real port that answers every generation alike. */
public final class FakeGateway extends GenerationServiceGrpc.GenerationServiceImplBase
    implements AutoCloseable {
  private final Server server;
  private final String address;
  private final List<GenerateResponse> events;
  private final Optional<Problem> problem;
  private final boolean endless;
  private final List<GenerateRequest> requests = new CopyOnWriteArrayList<>();
  private final List<String> callers = new CopyOnWriteArrayList<>();
  private final CountDownLatch cancelled = new CountDownLatch(1);

  private FakeGateway(List<GenerateResponse> events, Optional<Problem> problem, boolean endless)
      throws IOException {
    this.events = events;
    this.problem = problem;
    this.endless = endless;
    this.server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .intercept(new Listening())
            .build()
            .start();
    this.address = "127.0.0.1:" + server.getPort();
  }

  /** Tells these events. */
  public static FakeGateway telling(List<GenerateResponse> events) throws IOException {
    return new FakeGateway(events, Optional.empty(), false);
  }

  /** Tells these events and then nothing, for ever. */
  public static FakeGateway stuckAfter(List<GenerateResponse> events) throws IOException {
    return new FakeGateway(events, Optional.empty(), true);
  }

  /** Tells these events once, then refuses everything. */
  public static FakeGateway answeringOnce(List<GenerateResponse> events, Problem problem)
      throws IOException {
    return new FakeGateway(events, Optional.of(problem), false);
  }

  /** Refuses everything. */
  public static FakeGateway refusing(Problem problem) throws IOException {
    return new FakeGateway(List.of(), Optional.of(problem), false);
  }

  /** Where it listens, or listened. */
  public String address() {
    return address;
  }

  /** Generations asked for. */
  public List<GenerateRequest> requests() {
    return requests;
  }

  /** What calls said in {@code authorization}; those that said something. */
  public List<String> callers() {
    return callers;
  }

  /** Open until a client cancels. */
  public CountDownLatch cancelled() {
    return cancelled;
  }

  private final class Listening implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var key = Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
      Optional.ofNullable(headers.get(key)).ifPresent(callers::add);
      return next.startCall(call, headers);
    }
  }

  @Override
  public void generate(GenerateRequest request, StreamObserver<GenerateResponse> observer) {
    requests.add(request);
    ((ServerCallStreamObserver<GenerateResponse>) observer)
        .setOnCancelHandler(cancelled::countDown);
    boolean answers = !events.isEmpty() && requests.size() == 1;
    if (problem.isPresent() && !answers) {
      observer.onError(Problems.toStatus(problem.get()));
      return;
    }
    events.forEach(observer::onNext);
    if (!endless) {
      observer.onCompleted();
    }
  }

  @Override
  public void listModels(ListModelsRequest request, StreamObserver<ListModelsResponse> observer) {
    var model =
        Model.newBuilder()
            .setIdentity(ModelIdentity.newBuilder().setName("mini"))
            .setContextLength(100)
            .setVocabularySize(50);
    observer.onNext(ListModelsResponse.newBuilder().addModels(model).build());
    observer.onCompleted();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
