package dev.unmask.worker.api;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.google.protobuf.util.Durations;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.DetokenizeRequest;
import dev.unmask.decoder.v1.DetokenizeResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.decoder.v1.TokenizeRequest;
import dev.unmask.decoder.v1.TokenizeResponse;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.logging.LogFields;
import dev.unmask.tracing.Trace;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.api.watch.PrefixWatchers;
import dev.unmask.worker.serving.Arrival;
import dev.unmask.worker.serving.Generation;
import dev.unmask.worker.serving.PeakMemory;
import dev.unmask.worker.serving.Station;
import dev.unmask.worker.serving.models.Models;
import dev.unmask.worker.serving.models.ServedModel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** DecoderService: a virtual thread a generation, everything else answered at once. */
public final class DecoderApi extends DecoderServiceImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderApi.class);

  private final String worker;
  private final Models models;
  private final Station station;
  private final PrefixWatchers watchers;
  private final PeakMemory memory;
  private final ThreadFactory threads = Thread.ofVirtual().name("generation-", 0).factory();

  /**
   * Serves these models.
   *
   * @param worker its name, unique in the fleet
   * @param watchers of what its device holds
   */
  public DecoderApi(String worker, Models models, Station station, PrefixWatchers watchers) {
    this(worker, models, station, watchers, PeakMemory.ofThisProcess());
  }

  /**
   * Serves these models.
   *
   * @param worker its name, unique in the fleet
   * @param watchers of what its device holds
   * @param memory that requests are told of
   */
  public DecoderApi(
      String worker, Models models, Station station, PrefixWatchers watchers, PeakMemory memory) {
    this.memory = memory;
    this.worker = worker;
    this.models = models;
    this.station = station;
    this.watchers = watchers;
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> responses) {
    var call = (ServerCallStreamObserver<DecodeResponse>) responses;
    var arrival = arrival();
    // Nothing of the call but its trace: a cancelled call interrupts, and its deadline is known.
    var traced = Trace.current().in(Context.ROOT);
    var thread = threads.newThread(traced.wrap(() -> generate(request, arrival, call)));
    call.setOnCancelHandler(thread::interrupt);
    thread.start();
  }

  /** The call's deadline comes from the client, through the gateway. */
  private Arrival arrival() {
    long received = station.nanoTime().getAsLong();
    return Optional.ofNullable(Context.current().getDeadline())
        .map(deadline -> new Arrival(received, received + deadline.timeRemaining(NANOSECONDS)))
        .orElseGet(() -> Arrival.unhurried(received));
  }

  private void generate(
      DecodeRequest request, Arrival arrival, ServerCallStreamObserver<DecodeResponse> call) {
    var fields =
        Map.of(
            "request", request.getRequestId(),
            "namespace", request.getNamespace(),
            "worker", worker,
            "trace", Trace.current().id());
    try (var _ = LogFields.of(fields)) {
      decode(request, arrival, call);
    }
  }

  private void decode(
      DecodeRequest request, Arrival arrival, ServerCallStreamObserver<DecodeResponse> call) {
    try {
      var assignment = new Assignments(models).accept(request, arrival);
      var messages = new EventMessages(worker, assignment, memory);
      new Generation(assignment, station, event -> call.onNext(messages.message(event))).run();
      call.onCompleted();
    } catch (InterruptedException e) {
      LOG.info("{} was cancelled", request.getRequestId());
      call.onError(Status.CANCELLED.withDescription("cancelled").asRuntimeException());
    } catch (RuntimeException | Error e) {
      fail(request.getRequestId(), e, call);
    }
  }

  /** A bug ends its request, whatever it threw; nobody else would tell the client. */
  private static void fail(String request, Throwable failure, StreamObserver<?> call) {
    if (!(failure instanceof ProblemException)) {
      LOG.error("{} failed", request, failure);
    }
    call.onError(Problems.toStatus(failure));
  }

  @Override
  public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> response) {
    var slots = station.slots();
    answer(
        response,
        () ->
            GetLoadResponse.newBuilder()
                .setWorker(worker)
                .setRunning(slots.running())
                .setWaiting(slots.waiting())
                .setSlots(slots.count())
                .setMedianStep(Durations.fromNanos(station.steps().times().median().toNanos()))
                .build());
  }

  @Override
  public void describeModels(
      DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> response) {
    answer(
        response,
        () ->
            DescribeModelsResponse.newBuilder()
                .addAllModels(models.all().stream().map(ServedModel::description).toList())
                .build());
  }

  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> response) {
    answer(
        response,
        () -> {
          var model = models.named(request.getModel());
          RequestRules.require(RequestRules.of(model.description()).violations(request));
          var ids = TokenIds.newBuilder();
          Arrays.stream(Prompts.tokens(request.getPrompt(), model)).forEach(ids::addIds);
          return TokenizeResponse.newBuilder().setTokens(ids).build();
        });
  }

  @Override
  public void detokenize(DetokenizeRequest request, StreamObserver<DetokenizeResponse> response) {
    answer(
        response,
        () -> {
          var model = models.named(request.getModel());
          RequestRules.require(RequestRules.of(model.description()).violations(request));
          int[] ids = request.getTokens().getIdsList().stream().mapToInt(id -> id).toArray();
          return DetokenizeResponse.newBuilder().setText(model.tokenizer().decode(ids)).build();
        });
  }

  @Override
  public void watchPrefixes(
      WatchPrefixesRequest request, StreamObserver<WatchPrefixesResponse> responses) {
    try {
      watchers.add((ServerCallStreamObserver<WatchPrefixesResponse>) responses);
    } catch (ProblemException e) {
      fail("watch", e, responses);
    }
  }

  private static <T> void answer(StreamObserver<T> response, Supplier<T> answer) {
    try {
      response.onNext(answer.get());
      response.onCompleted();
    } catch (RuntimeException e) {
      fail("query", e, response);
    }
  }
}
