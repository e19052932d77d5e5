package dev.unmask.gateway.routing;

import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.discovery.Discovery;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.routing.channels.Channels;
import dev.unmask.gateway.routing.channels.GoneChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of this gateway, as discovery tells of them. Each is asked how busy it is again and
 * again, the next time a pause after it answered, so no question piles up behind a slow one. One
 * that is told of no more is not chosen any more, and keeps the requests it has until they end, at
 * most {@link Limits#WORKER_LEAVE_TIME}. Safe for any thread.
 */
public final class Fleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

  private final Members members = new Members();
  private final CompletableFuture<Void> seen = new CompletableFuture<>();
  private final Duration pollInterval;
  private final Channels channels;
  private final Timer timer;

  private Fleet(RoutingSettings settings, Channels channels, Timer timer) {
    this.pollInterval = settings.pollInterval();
    this.channels = channels;
    this.timer = timer;
  }

  /** Opens a channel to every worker that is found, and asks it at once. */
  public static Fleet open(
      RoutingSettings settings, Discovery discovery, Channels channels, Timer timer) {
    var fleet = new Fleet(settings, channels, timer);
    discovery.start(fleet::become);
    return fleet;
  }

  /**
   * The workers now. At first it waits until workers were looked for, at most {@link
   * Limits#FIRST_LOOKUP_TIME}, and each was asked once, at most {@link Limits#QUERY_TIME}.
   */
  public CompletableFuture<FleetView> view() {
    return seen.thenApply(done -> now());
  }

  /** The workers as they are known now, be it that some were not asked yet. */
  public FleetView now() {
    return new FleetView(members.present().stream().flatMap(link -> link.view().stream()).toList());
  }

  /** A stub for a request, which counts as load of the worker from now on. */
  public DecoderServiceStub send(WorkerView worker) {
    return link(worker).map(WorkerLink::send).orElseGet(Fleet::gone);
  }

  /** A stub for a question that takes no slot. */
  public DecoderServiceStub ask(WorkerView worker) {
    return link(worker).map(WorkerLink::stub).orElseGet(Fleet::gone);
  }

  /** How a worker does now. */
  public Pulse pulse(WorkerView worker) {
    return link(worker).map(WorkerLink::pulse).orElse(new Pulse(false, Duration.ZERO));
  }

  /** A worker broke off: it is not chosen until it answers again. */
  public void lost(WorkerView worker) {
    link(worker).ifPresent(WorkerLink::lost);
  }

  @Override
  public void close() {
    var links = members.close();
    links.forEach(WorkerLink::close);
    links.forEach(WorkerLink::awaitEnd);
  }

  private void become(List<Endpoint> found) {
    var change =
        members.become(found, worker -> new WorkerLink(worker.address(), channels.open(worker)));
    for (var departure : change.left()) {
      LOG.info("worker at {} leaves", departure.link().address());
      timer.after(
          Limits.WORKER_LEAVE_TIME,
          () -> {
            if (members.end(departure)) {
              departure.link().close();
            }
          });
    }
    var _ =
        CompletableFuture.allOf(
                change.joined().stream().map(this::poll).toArray(CompletableFuture<?>[]::new))
            .thenRun(() -> seen.complete(null));
  }

  private CompletableFuture<Void> poll(WorkerLink link) {
    return link.ask()
        .thenRun(() -> {
          if (members.needs(link)) {
            timer.after(
                pollInterval,
                () -> {
                  var _ = poll(link);
                });
          } else {
            link.close();
          }
        });
  }

  private Optional<WorkerLink> link(WorkerView worker) {
    return members.find(worker.address());
  }

  private static DecoderServiceStub gone() {
    return DecoderServiceGrpc.newStub(new GoneChannel());
  }
}
