package dev.unmask.gateway.loopback;

import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Who calls, and as part of what.
 *
 * @param headers of HTTP that go on with the call, as they came
 */
public record Caller(Map<String, String> headers) {
  private static final String AUTHORIZATION = "authorization";
  private static final String TRACE = "traceparent";
  private static final String TRACE_STATE = "tracestate";

  public Caller {
    headers = Map.copyOf(headers);
  }

  /** Part of nothing. */
  public Caller(Optional<String> authorization) {
    this(authorization.map(given -> Map.of(AUTHORIZATION, given)).orElseGet(Map::of));
  }

  /**
   * Part of the trace that its headers name, if they name one.
   *
   * @param headers finds one by its name
   */
  public static Caller of(Function<String, Optional<String>> headers) {
    var kept = new TreeMap<String, String>();
    Stream.of(AUTHORIZATION, TRACE, TRACE_STATE)
        .forEach(name -> headers.apply(name).ifPresent(value -> kept.put(name, value)));
    return new Caller(kept);
  }

  <S extends AbstractStub<S>> S on(S stub) {
    return headers.isEmpty() ? stub : stub.withInterceptors(attaching());
  }

  private ClientInterceptor attaching() {
    var metadata = new Metadata();
    headers.forEach((name, value) ->
        metadata.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value));
    return MetadataUtils.newAttachHeadersInterceptor(metadata);
  }
}
