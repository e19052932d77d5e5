package dev.unmask.gateway.routing;

import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.gateway.config.RoutingSettings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The workers of this gateway. Each is asked how busy it is again and again, the next time a pause
 * after it answered, so no question piles up behind a slow one. Safe for any thread.
 */
public final class Fleet implements AutoCloseable {
  private final List<WorkerLink> links;
  private final Timer timer;
  private final Duration pollInterval;
  private final CompletableFuture<Void> seen;
  private volatile boolean closed;

  private Fleet(RoutingSettings settings, Channels channels, Timer timer) {
    this.links =
        settings.workers().stream()
            .map(address -> new WorkerLink(address, channels.open(address)))
            .toList();
    this.timer = timer;
    this.pollInterval = settings.pollInterval();
    this.seen =
        CompletableFuture.allOf(
            links.stream().map(this::poll).toArray(CompletableFuture<?>[]::new));
  }

  /** Opens the channels and asks every worker for the first time. */
  public static Fleet open(RoutingSettings settings, Channels channels, Timer timer) {
    return new Fleet(settings, channels, timer);
  }

  /**
   * The workers now. Before each was asked once it waits for that, at most {@link
   * Limits#QUERY_TIME}.
   */
  public CompletableFuture<FleetView> view() {
    return seen.thenApply(done -> now());
  }

  /** The workers as they are known now, be it that some were not asked yet. */
  public FleetView now() {
    return new FleetView(links.stream().flatMap(link -> link.view().stream()).toList());
  }

  /** A stub for a request, which counts as load of the worker from now on. */
  public DecoderServiceStub send(WorkerView worker) {
    return link(worker).send();
  }

  /** A stub for a question that takes no slot. */
  public DecoderServiceStub ask(WorkerView worker) {
    return link(worker).stub();
  }

  /** How a worker does now. */
  public Pulse pulse(WorkerView worker) {
    return link(worker).pulse();
  }

  /** A worker broke off: it is not chosen until it answers again. */
  public void lost(WorkerView worker) {
    link(worker).lost();
  }

  @Override
  public void close() {
    closed = true;
    links.forEach(WorkerLink::close);
    links.forEach(WorkerLink::awaitEnd);
  }

  private WorkerLink link(WorkerView worker) {
    return links.stream()
        .filter(link -> link.address().equals(worker.address()))
        .findFirst()
        .orElseThrow();
  }

  private CompletableFuture<Void> poll(WorkerLink link) {
    return link.ask()
        .thenRun(() -> {
          if (!closed) {
            timer.after(
                pollInterval,
                () -> {
                  var _ = poll(link);
                });
          }
        });
  }
}
