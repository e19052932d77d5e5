package dev.unmask.gateway.openai;

import io.micronaut.http.HttpRequest;
import reactor.core.publisher.Mono;

/** Tells when clients leave. */
public interface Departures {
  /** Ends when the client of a request has left, if it does before its answer is complete. */
  Mono<Void> of(HttpRequest<?> request);
}
