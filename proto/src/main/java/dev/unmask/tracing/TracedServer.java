package dev.unmask.tracing;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import java.util.Set;

/**
 * A span for each call that is part of a caller's trace, or that a trace may begin with. Safe for
 * any thread.
 */
final class TracedServer implements ServerInterceptor {
  private static final Carrier CARRIER = new Carrier();

  private final Tracer tracer;
  private final Set<String> beginnings;
  private final CallNotes notes;

  /**
   * Traces nothing yet.
   *
   * @param beginnings full names of the methods that a trace may begin with
   */
  TracedServer(Tracer tracer, Set<String> beginnings, CallNotes notes) {
    this.tracer = tracer;
    this.beginnings = Set.copyOf(beginnings);
    this.notes = notes;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var caller =
        W3CTraceContextPropagator.getInstance()
            .extract(io.opentelemetry.context.Context.root(), headers, CARRIER);
    var method = call.getMethodDescriptor();
    boolean known = Span.fromContext(caller).getSpanContext().isValid();
    if (!known && !beginnings.contains(method.getFullMethodName())) {
      return next.startCall(call, headers);
    }
    var trace = new Trace(tracer, caller);
    var own = CallSpan.begin(trace.part(method.getFullMethodName()), SpanKind.SERVER, method);
    var listener =
        Contexts.interceptCall(
            trace.within(own.span()).in(Context.current()), telling(call, own), headers, next);
    return hearing(listener, own);
  }

  private <Q, A> ServerCall<Q, A> telling(ServerCall<Q, A> call, CallSpan own) {
    return new SimpleForwardingServerCall<>(call) {
      @Override
      public void sendMessage(A message) {
        notes.told(message, own.span());
        super.sendMessage(message);
      }

      @Override
      public void close(Status status, Metadata trailers) {
        own.end(status.getCode());
        super.close(status, trailers);
      }
    };
  }

  private <Q> Listener<Q> hearing(Listener<Q> listener, CallSpan own) {
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        notes.asked(message, own.span());
        super.onMessage(message);
      }

      @Override
      public void onCancel() {
        own.end(Status.Code.CANCELLED);
        super.onCancel();
      }
    };
  }
}
