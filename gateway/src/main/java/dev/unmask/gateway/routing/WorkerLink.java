package dev.unmask.gateway.routing;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.protobuf.util.Durations;
import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceStub;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.routing.channels.CallsUnderWay;
import dev.unmask.type.v1.Model;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The line to one worker: its channel and what it last said. Safe for any thread. */
final class WorkerLink implements AutoCloseable {
  /** What a worker said, and how many requests it had been sent when it was asked. */
  private record Report(GetLoadResponse load, List<Model> models, long sentBefore) {}

  private enum State {
    NEW,
    REACHABLE,
    SILENT
  }

  private static final Logger LOG = LoggerFactory.getLogger(WorkerLink.class);

  private final WorkerAddress address;
  private final ManagedChannel channel;
  private final AtomicLong sent = new AtomicLong();
  private final CallsUnderWay underWay = new CallsUnderWay();
  private final PrefixWatch prefixes = new PrefixWatch();
  private volatile Optional<Report> report = Optional.empty();
  private volatile State state = State.NEW;
  private volatile boolean answers;

  WorkerLink(WorkerAddress address, ManagedChannel channel) {
    this.address = address;
    this.channel = channel;
  }

  WorkerAddress address() {
    return address;
  }

  /** Asks how busy it is and what it serves; completes within {@link Limits#QUERY_TIME}. */
  CompletableFuture<Void> ask() {
    if (state != State.REACHABLE) {
      // Back-off would hide for minutes that a worker is back.
      channel.resetConnectBackoff();
    }
    long sentBefore = sent.get();
    var stub =
        DecoderServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(patience().toMillis(), TimeUnit.MILLISECONDS);
    var load = stub.getLoad(GetLoadRequest.getDefaultInstance());
    var models = stub.describeModels(DescribeModelsRequest.getDefaultInstance());
    var answered = new CompletableFuture<Void>();
    var _ =
        Futures.whenAllComplete(load, models)
            .run(
                () -> {
                  try {
                    hear(load, models, sentBefore);
                  } finally {
                    answered.complete(null);
                  }
                },
                MoreExecutors.directExecutor());
    return answered;
  }

  /** Whom it does not reach yet it must connect to first. */
  private Duration patience() {
    return state == State.REACHABLE ? Limits.POLL_TIME : Limits.QUERY_TIME;
  }

  private void hear(
      Future<GetLoadResponse> load, Future<DescribeModelsResponse> models, long sentBefore) {
    try {
      report =
          Optional.of(
              new Report(
                  Futures.getDone(load), Futures.getDone(models).getModelsList(), sentBefore));
      answers = true;
      become(State.REACHABLE, "answers");
      prefixes.open(DecoderServiceGrpc.newStub(channel));
    } catch (ExecutionException e) {
      answers = false;
      become(State.SILENT, "does not answer: " + e.getCause().getMessage());
    }
  }

  private void become(State now, String why) {
    if (state != now) {
      LOG.info("worker at {} {}", address, why);
    }
    state = now;
  }

  /** It does not count until it answers again. */
  void lost() {
    become(State.SILENT, "broke off a request");
  }

  /** How it does now. */
  Pulse pulse() {
    return new Pulse(
        answers,
        report
            .map(last -> Duration.ofNanos(Durations.toNanos(last.load().getMedianStep())))
            .orElse(Duration.ZERO));
  }

  /** A stub of a request that counts as sent. */
  DecoderServiceStub send() {
    sent.incrementAndGet();
    return stub();
  }

  /** A stub of a call that takes no slot. */
  DecoderServiceStub stub() {
    return DecoderServiceGrpc.newStub(channel).withInterceptors(underWay);
  }

  /** Whether it has none of these calls under way. */
  boolean idle() {
    return underWay.count() == 0;
  }

  Optional<WorkerView> view() {
    return report.map(last ->
        new WorkerView(
            last.load().getWorker(),
            address,
            state == State.REACHABLE,
            load(last),
            last.models(),
            prefixes.held()));
  }

  private Load load(Report last) {
    return new Load(
        Integer.toUnsignedLong(last.load().getRunning()),
        Integer.toUnsignedLong(last.load().getWaiting()),
        Integer.toUnsignedLong(last.load().getSlots()),
        sent.get() - last.sentBefore());
  }

  /** Ends all calls; {@link #awaitEnd} waits until they are. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  /**
   * Waits until no callback will come any more, at most {@link Limits#CHANNEL_STOP_TIME}: what runs
   * callbacks may be stopped next. Keeps an interrupt for later.
   */
  void awaitEnd() {
    try {
      if (!channel.awaitTermination(Limits.CHANNEL_STOP_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("calls to the worker at {} do not end", address);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
