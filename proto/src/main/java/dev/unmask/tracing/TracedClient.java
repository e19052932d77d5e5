package dev.unmask.tracing;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;

/** A span for each call that is made within a trace; the called service goes on with it. */
final class TracedClient implements ClientInterceptor {
  private static final Carrier CARRIER = new Carrier();

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    var trace = Trace.current();
    var call = next.newCall(method, options);
    return trace.span().getSpanContext().isValid() ? traced(method, call, trace) : call;
  }

  private static <Q, A> ClientCall<Q, A> traced(
      MethodDescriptor<Q, A> method, ClientCall<Q, A> call, Trace trace) {
    return new SimpleForwardingClientCall<>(call) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        var own = CallSpan.begin(trace.part(method.getFullMethodName()), SpanKind.CLIENT, method);
        W3CTraceContextPropagator.getInstance()
            .inject(trace.within(own.span()).context(), headers, CARRIER);
        super.start(ending(listener, own), headers);
      }
    };
  }

  private static <A> ClientCall.Listener<A> ending(ClientCall.Listener<A> listener, CallSpan own) {
    return new SimpleForwardingClientCallListener<>(listener) {
      @Override
      public void onClose(Status status, Metadata trailers) {
        own.end(status.getCode());
        super.onClose(status, trailers);
      }
    };
  }
}
