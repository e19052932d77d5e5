package dev.unmask.gateway.journal;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.tracing.CallNotes;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Opened;
import io.opentelemetry.api.trace.Span;

/** What the span of a client's request says of it: what is asked for and what it took. */
public final class RequestNotes implements CallNotes {
  @Override
  public void asked(Object message, Span span) {
    if (message instanceof GenerateRequest request) {
      span.setAttribute("unmask.model", request.getModel());
      span.setAttribute("unmask.method", MethodWords.of(request.getSpec()));
      span.setAttribute("unmask.generation_length", request.getSpec().getGenerationLength());
    }
  }

  @Override
  public void told(Object message, Span span) {
    if (message instanceof GenerateResponse event) {
      switch (event.getEventCase()) {
        case OPENED -> opened(event.getOpened(), span);
        case CLOSED -> closed(event.getClosed(), span);
        case DELTA, COMMITTED, EVENT_NOT_SET -> {
          // Steps are told by whoever makes them.
        }
      }
    }
  }

  private static void opened(Opened opened, Span span) {
    span.setAttribute("unmask.request_id", opened.getRequestId());
    span.setAttribute("unmask.worker", opened.getWorker());
    span.setAttribute("unmask.prompt_tokens", opened.getPromptTokens());
    span.setAttribute("unmask.generation_length", opened.getGenerationLength());
  }

  private static void closed(Closed closed, Span span) {
    var usage = closed.getUsage();
    span.setAttribute("unmask.finish_reason", closed.getFinishReason().name());
    span.setAttribute("unmask.completion_tokens", usage.getCompletionTokens());
    span.setAttribute("unmask.steps", usage.getSteps());
    span.setAttribute("unmask.reopened", usage.getReopened());
  }
}
