package dev.unmask.gateway.journal;

import dev.unmask.generation.v1.GenerateResponse;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;

/** A request's call, whose entry hears what its client is told. */
final class JournaledCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final JournalEntry entry;

  JournaledCall(ServerCall<Q, A> call, JournalEntry entry) {
    super(call);
    this.entry = entry;
  }

  @Override
  public void sendMessage(A message) {
    if (message instanceof GenerateResponse event) {
      entry.told(event);
    }
    super.sendMessage(message);
  }

  @Override
  public void close(Status status, Metadata trailers) {
    entry.over(status.getCode());
    super.close(status, trailers);
  }
}
