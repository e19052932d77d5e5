package dev.unmask.gateway.routing.channels;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/**
 * Where a worker was. Every call fails at once the way one to a lost worker does, so a request that
 * was about to be sent there goes elsewhere.
 */
public final class GoneChannel extends Channel {
  private static final String GONE = "the worker is gone";

  @Override
  public <A, B> ClientCall<A, B> newCall(MethodDescriptor<A, B> method, CallOptions options) {
    return new ClientCall<>() {
      @Override
      public void start(Listener<B> listener, Metadata headers) {
        listener.onClose(Status.UNAVAILABLE.withDescription(GONE), new Metadata());
      }

      @Override
      public void request(int messages) {
        // None will come.
      }

      @Override
      public void cancel(String message, Throwable cause) {
        // It has ended already.
      }

      @Override
      public void halfClose() {
        // Nobody listens.
      }

      @Override
      public void sendMessage(A message) {
        // Nobody listens.
      }
    };
  }

  @Override
  public String authority() {
    return GONE;
  }
}
