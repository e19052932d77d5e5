package dev.unmask.bench.simulation;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Calls of workers that go wrong in ways that neither gRPC nor a worker has. */
final class BrokenCalls {
  private BrokenCalls() {}

  /** A request that goes on elsewhere has forgotten what was told since its checkpoint. */
  static final class Forgetful implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
        @Override
        @SuppressWarnings("unchecked")
        public void onMessage(Q message) {
          super.onMessage(
              message instanceof DecodeRequest request && request.hasResumption()
                  ? (Q) forgotten(request)
                  : message);
        }
      };
    }

    private static DecodeRequest forgotten(DecodeRequest request) {
      var resumption = request.getResumption().toBuilder().clearTold();
      return request.toBuilder().setResumption(resumption).build();
    }
  }

  /** A step is told twice now and then. */
  static final class Repeating implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendMessage(A message) {
              super.sendMessage(message);
              if (isStep(message, 3)) {
                super.sendMessage(message);
              }
            }
          },
          headers);
    }
  }

  /** A step is not told now and then. */
  static final class Losing implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void sendMessage(A message) {
              if (!isStep(message, 3)) {
                super.sendMessage(message);
              }
            }
          },
          headers);
    }
  }

  /** Calls end in silence. */
  static final class Endless implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return next.startCall(
          new SimpleForwardingServerCall<>(call) {
            @Override
            public void close(Status status, Metadata trailers) {
              if (!call.getMethodDescriptor().getFullMethodName().endsWith("/Decode")) {
                super.close(status, trailers);
              }
            }
          },
          headers);
    }
  }

  private static boolean isStep(Object message, int number) {
    return message instanceof DecodeResponse event
        && event.hasDelta()
        && event.getDelta().getStep() == number;
  }
}
