package dev.unmask.gateway.metrics;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * One client's request to generate. Events come one after the other, its end once, from whoever is
 * first: the client that leaves or whoever ends the call.
 */
final class MeasuredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final RequestMeters meters;
  private final LongSupplier nanoTime;
  private final long start;
  private final AtomicBoolean over = new AtomicBoolean();

  // Written by one thread at a time; read by the one that ends the call.
  private volatile boolean told;
  private volatile boolean committed;
  private volatile boolean finishedBlock;
  private volatile Optional<Closed> closed = Optional.empty();

  MeasuredCall(ServerCall<Q, A> call, RequestMeters meters, LongSupplier nanoTime) {
    super(call);
    this.meters = meters;
    this.nanoTime = nanoTime;
    this.start = nanoTime.getAsLong();
  }

  @Override
  public void sendMessage(A message) {
    if (message instanceof GenerateResponse event) {
      heard(event);
    }
    super.sendMessage(message);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (over.compareAndSet(false, true)) {
      if (!told && !status.isOk()) {
        meters.refused(RefusalReason.of(status, trailers));
      }
      meters.ended(status.getCode(), closed, since());
    }
    super.close(status, trailers);
  }

  /** The client left, or its deadline passed. */
  void cancelled() {
    if (over.compareAndSet(false, true)) {
      boolean late =
          Optional.ofNullable(Context.current().getDeadline())
              .filter(Deadline::isExpired)
              .isPresent();
      meters.ended(
          late ? Status.Code.DEADLINE_EXCEEDED : Status.Code.CANCELLED, Optional.empty(), since());
    }
  }

  private void heard(GenerateResponse event) {
    if (!told) {
      told = true;
      meters.times().firstEvent().record(since());
    }
    if (!committed && event.getDelta().getCommitsCount() > 0) {
      committed = true;
      meters.times().firstToken().record(since());
    }
    if (!finishedBlock && event.hasCommitted()) {
      finishedBlock = true;
      meters.times().firstBlock().record(since());
    }
    if (event.hasClosed()) {
      closed = Optional.of(event.getClosed());
    }
  }

  private Duration since() {
    return Duration.ofNanos(nanoTime.getAsLong() - start);
  }
}
