package dev.unmask.tracing;

import io.grpc.Context;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;

/**
 * The trace of the call that runs, as far as it has come: it goes where gRPC's context of the call
 * goes.
 *
 * @param tracer makes its spans
 * @param context holds the span that what comes next is part of
 */
public record Trace(Tracer tracer, io.opentelemetry.context.Context context) {
  /** Nothing is traced; its spans are none. */
  public static final Trace NONE =
      new Trace(
          OpenTelemetry.noop().getTracer("dev.unmask"), io.opentelemetry.context.Context.root());

  private static final Context.Key<Trace> KEY = Context.keyWithDefault("trace", NONE);

  /** That of the call that runs; {@link #NONE} if it has none. */
  public static Trace current() {
    return KEY.get();
  }

  /** Whether its spans are exported. */
  public boolean sampled() {
    return span().getSpanContext().isSampled();
  }

  /** Its id, as collectors show it; empty if nothing is traced. */
  public String id() {
    var known = span().getSpanContext();
    return known.isValid() ? known.getTraceId() : "";
  }

  /** What comes next is part of it. */
  public Span span() {
    return Span.fromContext(context);
  }

  /** A part of it, not begun yet. */
  public SpanBuilder part(String name) {
    return tracer.spanBuilder(name).setParent(context);
  }

  /** The same trace, within one of its parts. */
  public Trace within(Span part) {
    return new Trace(tracer, context.with(part));
  }

  /** gRPC's context of a call, with this trace. */
  public Context in(Context call) {
    return call.withValue(KEY, this);
  }
}
