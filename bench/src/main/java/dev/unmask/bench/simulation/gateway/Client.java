package dev.unmask.bench.simulation.gateway;

import dev.unmask.bench.simulation.link.Link;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.time.Clock;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.bench.simulation.worker.ScriptedModel;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.MetadataUtils;
import java.util.Optional;

/**
 * A client with one request, which reads as fast as it likes, may give up, and checks every event
 * with a {@link Transcript}.
 */
public final class Client implements ClientResponseObserver<GenerateRequest, GenerateResponse> {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** A client's own line is sound: what happens to it is not the fleet's doing. */
  private static final Weather CALM = new Weather(100_000, 100_000, 0, 0, 0, 0, 4);

  /** A call is over soon after its last event, though its worker never says so. */
  private static final long ENDING =
      Limits.SILENCE_LEAST.plus(Limits.SILENCE_CHECK.multipliedBy(2)).toNanos();

  private final Timeline timeline;
  private final Host host;
  private final Link link;
  private final Wish wish;
  private final Transcript transcript;
  private Optional<ClientCallStreamObserver<GenerateRequest>> call = Optional.empty();
  private Optional<Status> end = Optional.empty();
  private long began;
  private long told;
  private long ended;
  private int heard;

  /**
   * What a client wants, and how it behaves. Times in nanoseconds.
   *
   * @param tenant who it is
   * @param request what it asks for
   * @param at when
   * @param deadline until when, from then
   * @param pause between two events that it reads
   * @param quitsAfter events; it cancels then
   */
  public record Wish(
      String tenant, GenerateRequest request, long at, long deadline, long pause, int quitsAfter) {}

  /** A client that has not asked yet. */
  public Client(Timeline timeline, GatewayNode gateway, ScriptedModel model, Wish wish) {
    this(timeline, new Host(timeline), gateway, model, wish);
  }

  private Client(
      Timeline timeline, Host host, GatewayNode gateway, ScriptedModel model, Wish wish) {
    this.timeline = timeline;
    this.host = host;
    this.wish = wish;
    link = new Link(timeline, host, gateway::server, CALM, _ -> false);
    transcript = new Transcript(model, wish.request());
    timeline.after(wish.at(), this::ask);
  }

  private void ask() {
    began = timeline.now();
    var headers = new Metadata();
    headers.put(AUTHORIZATION, wish.tenant());
    GenerationServiceGrpc.newStub(link)
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
        .withDeadline(new Clock(timeline).after(wish.deadline()))
        .generate(wish.request(), this);
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<GenerateRequest> starting) {
    call = Optional.of(starting);
    starting.disableAutoRequestWithInitial(1);
  }

  @Override
  public void onNext(GenerateResponse event) {
    heard++;
    told = timeline.now();
    transcript.add(event);
    if (heard == wish.quitsAfter()) {
      timeline.note("a client gives up", heard);
      call.orElseThrow().cancel("given up", null);
    } else {
      host.after(wish.pause(), () -> call.orElseThrow().request(1));
    }
  }

  @Override
  public void onError(Throwable failure) {
    over(Status.fromThrowable(failure));
    transcript.failed(failure);
  }

  @Override
  public void onCompleted() {
    over(Status.OK);
    transcript.completed();
  }

  private void over(Status status) {
    if (end.isPresent()) {
      throw new BrokenInvariant("I6", "a call ended twice");
    }
    end = Optional.of(status);
    ended = timeline.now();
    if (transcript.whole() && ended - told > ENDING) {
      throw new BrokenInvariant(
          "I6", "its call ended %,d ns after its end".formatted(ended - told));
    }
    boolean meant =
        switch (status.getCode()) {
          case CANCELLED -> wish.quitsAfter() > 0 && heard >= wish.quitsAfter();
          case DEADLINE_EXCEEDED -> took() >= wish.deadline();
          default -> true;
        };
    if (!meant) {
      throw new BrokenInvariant("no named error", status + " after " + took() + " ns");
    }
  }

  /** How it ended; empty before. */
  public Optional<Status> end() {
    return end;
  }

  /** What it was told. */
  public Transcript transcript() {
    return transcript;
  }

  /** What it wanted. */
  public Wish wish() {
    return wish;
  }

  /** How long it took; meaningful once it has ended. Unit: nanoseconds. */
  public long took() {
    return ended - began;
  }
}
