package dev.unmask.tracing;

import io.grpc.Metadata;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Optional;

/** Where gRPC carries {@code traceparent} and {@code tracestate}: in a call's headers. */
final class Carrier implements TextMapGetter<Metadata>, TextMapSetter<Metadata> {
  @Override
  public Iterable<String> keys(Metadata headers) {
    return headers.keys();
  }

  @Override
  public String get(Metadata headers, String name) {
    return Optional.ofNullable(headers).map(given -> given.get(key(name))).orElse(null);
  }

  @Override
  public void set(Metadata headers, String name, String value) {
    if (headers != null) {
      headers.discardAll(key(name));
      headers.put(key(name), value);
    }
  }

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }
}
