package dev.unmask.gateway.session;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.contract.Limits;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.gateway.access.CallTenant;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.admission.Admission;
import dev.unmask.gateway.admission.gate.Demand;
import dev.unmask.gateway.admission.gate.ExpectedSteps;
import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.admission.gate.Permit;
import dev.unmask.gateway.routing.Choice;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.FleetView;
import dev.unmask.gateway.routing.Router;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.DetokenizeResponse;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.generation.v1.GetModelResponse;
import dev.unmask.generation.v1.ListModelsResponse;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.generation.v1.TokenizeResponse;
import dev.unmask.tracing.Trace;
import dev.unmask.type.v1.PreferredMethod;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Takes requests through admission and routing to a worker. Never blocks; answers arrive on the
 * observers. Safe for any thread.
 */
public final class Dispatcher {
  private final Switchboard switchboard;
  private final Fleet fleet;
  private final Router router;
  private final Admission admission;
  private final Gate gate;
  private final Deadline.Ticker clock;

  /** A dispatcher to a fleet. */
  public Dispatcher(Switchboard switchboard, Admission admission, Gate gate) {
    this(switchboard, admission, gate, Deadline.getSystemTicker());
  }

  /**
   * A dispatcher to a fleet.
   *
   * @param clock of deadlines; the one that those of clients' calls have
   */
  public Dispatcher(
      Switchboard switchboard, Admission admission, Gate gate, Deadline.Ticker clock) {
    this.clock = clock;
    this.switchboard = switchboard;
    this.fleet = switchboard.fleet();
    this.router = switchboard.router();
    this.admission = admission;
    this.gate = gate;
  }

  /** Decodes one canvas; called inside the client's call. */
  public void generate(GenerateRequest request, ServerCallStreamObserver<GenerateResponse> client) {
    var metered = new MeteredClient(client);
    var session = new GenerationSession(metered, switchboard);
    var deadline = clientDeadline();
    var tenant = CallTenant.get();
    var call = Context.current();
    var trace = Trace.current();
    withView(
        session::refuse,
        view -> {
          var admitted = admission.admit(tenant, request, view);
          var preferred = admission.preferred(request, view);
          var time = TimeLimit.of(request.getDeadlineRule(), deadline, clock);
          var permit = gate.ask(demand(tenant, admitted, time.deadline()), view.slots());
          metered.meter(permit);
          var line = trace.part("waiting for its turn").startSpan();
          call.addListener(
              _ -> {
                permit.close();
                line.end();
              },
              Runnable::run);
          whenTurn(
              permit,
              session,
              call.wrap(() -> {
                line.end();
                send(session, request, admitted, preferred, time);
              }));
        });
  }

  private static void whenTurn(Permit permit, GenerationSession session, Runnable sending) {
    var _ =
        permit
            .turn()
            .thenRun(sending)
            .exceptionally(failure -> {
              session.refuse(Optional.ofNullable(failure.getCause()).orElse(failure));
              return null;
            });
  }

  /** Sends what may be sent now, to the worker that suits best now. */
  private void send(
      GenerationSession session,
      GenerateRequest request,
      DecodeRequest admitted,
      Optional<PreferredMethod> preferred,
      TimeLimit time) {
    withView(
        session::refuse,
        view -> {
          var ask = admission.ask(admitted, request, view);
          var worker = chosen(router.choose(ask, view));
          session.open(new Admitted(admitted, ask, preferred, time), worker);
        });
  }

  private static Demand demand(Tenant tenant, DecodeRequest admitted, Deadline deadline) {
    return new Demand(
        tenant,
        CanvasSizes.of(admitted.getSpec()).generation(),
        ExpectedSteps.of(admitted.getSpec()),
        Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)));
  }

  /** Lists the models that can be asked for now. */
  public void listModels(StreamObserver<ListModelsResponse> client) {
    withView(
        failing(client),
        view -> {
          client.onNext(
              ListModelsResponse.newBuilder().addAllModels(admission.models(view)).build());
          client.onCompleted();
        });
  }

  /** Describes one model. */
  public void getModel(GetModelRequest request, StreamObserver<GetModelResponse> client) {
    withView(
        failing(client),
        view -> {
          client.onNext(
              GetModelResponse.newBuilder().setModel(admission.admit(request, view)).build());
          client.onCompleted();
        });
  }

  /** Tokenizes a prompt. */
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> client) {
    var deadline = queryDeadline();
    withView(
        failing(client),
        view -> {
          var admitted = admission.admit(request, view);
          var worker = chosen(router.any(admitted.getModel(), view));
          stub(worker, deadline)
              .tokenize(
                  admitted,
                  new Answer<>(
                      worker.name(),
                      client,
                      answer ->
                          TokenizeResponse.newBuilder().setTokens(answer.getTokens()).build()));
        });
  }

  /** Turns tokens into text. */
  public void detokenize(DetokenizeRequest request, StreamObserver<DetokenizeResponse> client) {
    var deadline = queryDeadline();
    withView(
        failing(client),
        view -> {
          var admitted = admission.admit(request, view);
          var worker = chosen(router.any(admitted.getModel(), view));
          stub(worker, deadline)
              .detokenize(
                  admitted,
                  new Answer<>(
                      worker.name(),
                      client,
                      answer -> DetokenizeResponse.newBuilder().setText(answer.getText()).build()));
        });
  }

  private void withView(Consumer<Throwable> onFailure, Consumer<FleetView> work) {
    var _ =
        fleet
            .view()
            .thenAccept(work)
            .exceptionally(failure -> {
              onFailure.accept(Optional.ofNullable(failure.getCause()).orElse(failure));
              return null;
            });
  }

  private DecoderServiceStub stub(WorkerView worker, Deadline deadline) {
    return fleet.ask(worker).withDeadline(deadline);
  }

  private static WorkerView chosen(Choice choice) {
    return switch (choice) {
      case Choice.Chosen chosen -> chosen.worker();
      case Choice.Refused refused -> throw new ProblemException(refused.problem());
    };
  }

  private static Consumer<Throwable> failing(StreamObserver<?> client) {
    return failure -> client.onError(Problems.toStatus(failure));
  }

  private Deadline queryDeadline() {
    var ours = after(Limits.QUERY_TIME);
    return clientDeadline().map(ours::minimum).orElse(ours);
  }

  private static Optional<Deadline> clientDeadline() {
    return Optional.ofNullable(Context.current().getDeadline());
  }

  private Deadline after(Duration time) {
    return Deadline.after(time.toNanos(), TimeUnit.NANOSECONDS, clock);
  }
}
