package dev.unmask.gateway.routing.channels;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts calls that began and have not ended. Safe for any thread. */
public final class CallsUnderWay implements ClientInterceptor {
  private final AtomicInteger count = new AtomicInteger();

  /** How many there are now. */
  public int count() {
    return count.get();
  }

  @Override
  public <A, B> ClientCall<A, B> interceptCall(
      MethodDescriptor<A, B> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<B> listener, Metadata headers) {
        count.incrementAndGet();
        super.start(new Ending<>(listener), headers);
      }
    };
  }

  private final class Ending<B> extends SimpleForwardingClientCallListener<B> {
    Ending(ClientCall.Listener<B> listener) {
      super(listener);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      count.decrementAndGet();
      super.onClose(status, trailers);
    }
  }
}
