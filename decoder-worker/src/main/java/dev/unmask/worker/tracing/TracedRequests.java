package dev.unmask.worker.tracing;

import dev.unmask.tracing.Trace;
import dev.unmask.worker.serving.Assignment;
import dev.unmask.worker.serving.RequestListener;
import dev.unmask.worker.serving.RequestWatch;
import java.time.InstantSource;

/**
 * Spans of what requests wait for and do, of those whose calls are traced.
 *
 * @param others hear of the same
 * @param clock when things happen
 */
public record TracedRequests(RequestListener others, InstantSource clock)
    implements RequestListener {
  @Override
  public RequestWatch begins(Assignment assignment) {
    var trace = Trace.current();
    var watch = others.begins(assignment);
    return trace.sampled() ? new TracedRequest(watch, trace, clock) : watch;
  }
}
