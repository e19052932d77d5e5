package dev.unmask.worker.metrics;

import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.metrics.Metrics;
import dev.unmask.type.v1.Usage;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.micrometer.core.instrument.Counter;

/** Measures requests by what their events say. Safe for any thread. */
public final class RequestInterceptor implements ServerInterceptor {
  private final Counter requests;
  private final Counter rowsComputed;
  private final Counter rowsUncached;
  private final Counter tokens;

  /** Defines the meters. */
  public RequestInterceptor(Metrics metrics) {
    requests = counter(metrics, "unmask_requests_decoded_total", "Requests decoded to their end.");
    rowsComputed =
        counter(metrics, "unmask_rows_computed_total", "Rows that these requests computed.");
    rowsUncached =
        counter(
            metrics,
            "unmask_rows_uncached_total",
            "Rows that their steps would have computed without any cache.");
    tokens =
        counter(
            metrics,
            "unmask_tokens_committed_total",
            "Tokens that steps committed, of all requests.");
  }

  @Override
  public <Q, A> Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return next.startCall(
        new SimpleForwardingServerCall<>(call) {
          @Override
          public void sendMessage(A message) {
            if (message instanceof DecodeResponse event) {
              heard(event);
            }
            super.sendMessage(message);
          }
        },
        headers);
  }

  private void heard(DecodeResponse event) {
    if (event.hasDelta()) {
      tokens.increment(event.getDelta().getCommitsCount());
    } else if (event.hasClosed()) {
      closed(event.getClosed().getUsage());
    }
  }

  private void closed(Usage usage) {
    requests.increment();
    rowsComputed.increment((double) usage.getRowsComputed());
    rowsUncached.increment((double) usage.getRowsUncached());
  }

  private static Counter counter(Metrics metrics, String name, String meaning) {
    return Counter.builder(name).description(meaning).register(metrics.registry());
  }
}
