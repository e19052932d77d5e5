package dev.unmask.gateway.metrics;

import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.metrics.Metrics;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.function.LongSupplier;

/**
 * Measures requests to generate, whoever refuses them, by what their clients are told. Safe for any
 * thread.
 */
public final class RequestInterceptor implements ServerInterceptor {
  private static final String MEASURED =
      GenerationServiceGrpc.getGenerateMethod().getFullMethodName();

  private final RequestMeters meters;
  private final LongSupplier nanoTime;

  /**
   * Defines the meters.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public RequestInterceptor(Metrics metrics, LongSupplier nanoTime) {
    this.meters = new RequestMeters(metrics);
    this.nanoTime = nanoTime;
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getFullMethodName().equals(MEASURED)) {
      return next.startCall(call, headers);
    }
    var measured = new MeasuredCall<>(call, meters, nanoTime);
    return new SimpleForwardingServerCallListener<>(next.startCall(measured, headers)) {
      @Override
      public void onCancel() {
        measured.cancelled();
        super.onCancel();
      }
    };
  }
}
