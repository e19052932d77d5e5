package dev.unmask.tracing;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The span of a call, on one of its sides. It ends once, whoever is first to say so. */
final class CallSpan {
  private final Span span;
  private final AtomicBoolean over = new AtomicBoolean();

  private CallSpan(Span span) {
    this.span = span;
  }

  static CallSpan begin(SpanBuilder part, SpanKind side, MethodDescriptor<?, ?> method) {
    return new CallSpan(
        part.setSpanKind(side)
            .setAttribute("rpc.system", "grpc")
            .setAttribute("rpc.service", Optional.ofNullable(method.getServiceName()).orElse(""))
            .setAttribute("rpc.method", Optional.ofNullable(method.getBareMethodName()).orElse(""))
            .startSpan());
  }

  Span span() {
    return span;
  }

  /** What a status says beside its code may quote the request: it is left out. */
  void end(Status.Code code) {
    if (over.compareAndSet(false, true)) {
      span.setAttribute("rpc.grpc.status_code", code.value());
      if (code != Status.Code.OK) {
        span.setStatus(StatusCode.ERROR, code.name());
      }
      span.end();
    }
  }
}
