package dev.unmask.worker.tracing;

import dev.unmask.worker.serving.steps.Mark;
import io.opentelemetry.api.trace.SpanContext;

/**
 * A span that stands for a request, or for a forward.
 *
 * @param span which
 */
record SpanMark(SpanContext span) implements Mark {}
