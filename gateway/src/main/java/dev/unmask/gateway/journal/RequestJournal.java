package dev.unmask.gateway.journal;

import dev.unmask.gateway.access.CallTenant;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.tracing.Trace;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line of the log for each request to generate that is over: who asked, and what it took. What
 * was asked is in it only where the tenant's entry in the tenants file says so, what was answered
 * never. Calls of nobody we know have no line: they could fill the log. Safe for any thread.
 */
public final class RequestJournal implements ServerInterceptor {
  /** Of a name of its own, so that it can be turned off alone. */
  static final Logger LOG = LoggerFactory.getLogger("dev.unmask.requests");

  private static final String KEPT = GenerationServiceGrpc.getGenerateMethod().getFullMethodName();

  private final LongSupplier nanoTime;

  /**
   * Nothing yet.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public RequestJournal(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getFullMethodName().equals(KEPT)) {
      return next.startCall(call, headers);
    }
    var entry = new JournalEntry(CallTenant.get(), Trace.current(), nanoTime);
    var kept = new JournaledCall<>(call, entry);
    return new SimpleForwardingServerCallListener<>(next.startCall(kept, headers)) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof GenerateRequest request) {
          entry.asked(request);
        }
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        entry.cancelled();
        super.onCancel();
      }
    };
  }
}
