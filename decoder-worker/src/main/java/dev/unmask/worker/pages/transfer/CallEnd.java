package dev.unmask.worker.pages.transfer;

import io.grpc.ClientCall;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** How a call ended. When it is known, the call touches nothing any more. */
final class CallEnd {
  private final CompletableFuture<Status> status = new CompletableFuture<>();

  /** The call is over. */
  void reached(Status with) {
    status.complete(with);
  }

  /** Waits for it; if interrupted, cancels the call and keeps the interrupt. */
  Status await(ClientCall<?, ?> call) {
    try {
      return status.get();
    } catch (InterruptedException e) {
      call.cancel("interrupted", e);
      Thread.currentThread().interrupt();
      return status.join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("never completed with a failure", e);
    }
  }
}
