package dev.unmask.worker.tracing;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.tracing.CallNotes;
import dev.unmask.type.v1.Usage;
import io.opentelemetry.api.trace.Span;

/**
 * What the span of a request to decode says of it.
 *
 * @param worker name of this one
 */
public record DecodeNotes(String worker) implements CallNotes {
  @Override
  public void asked(Object message, Span span) {
    if (message instanceof DecodeRequest request) {
      span.setAttribute("unmask.request_id", request.getRequestId());
      span.setAttribute("unmask.model", request.getModel());
      span.setAttribute("unmask.namespace", request.getNamespace());
      span.setAttribute("unmask.worker", worker);
      span.setAttribute("unmask.resumed", request.hasResumption());
    }
  }

  @Override
  public void told(Object message, Span span) {
    if (message instanceof DecodeResponse event && event.hasClosed()) {
      usage(event.getClosed().getUsage(), span);
    }
  }

  private static void usage(Usage usage, Span span) {
    span.setAttribute("unmask.prompt_tokens", usage.getPromptTokens());
    span.setAttribute("unmask.completion_tokens", usage.getCompletionTokens());
    span.setAttribute("unmask.steps", usage.getSteps());
    span.setAttribute("unmask.rows_computed", usage.getRowsComputed());
    span.setAttribute("unmask.rows_uncached", usage.getRowsUncached());
    span.setAttribute("unmask.pages_hit", usage.getPagesHit());
    span.setAttribute("unmask.pages_missed", usage.getPagesMissed());
  }
}
