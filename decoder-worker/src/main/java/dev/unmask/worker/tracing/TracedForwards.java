package dev.unmask.worker.tracing;

import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.serving.steps.ForwardListener;
import dev.unmask.worker.serving.steps.MadeForward;
import dev.unmask.worker.serving.steps.Mark;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A trace of one span for each forward that made a step of a request that is traced. A forward
 * belongs to several requests at once: it is part of no one's trace, and linked to all of them.
 */
public final class TracedForwards implements ForwardListener {
  private final ForwardListener others;
  private final Tracer tracer;
  private final InstantSource clock;

  /**
   * Traces nothing yet.
   *
   * @param others hear of the same
   */
  public TracedForwards(ForwardListener others, Tracer tracer, InstantSource clock) {
    this.others = others;
    this.tracer = tracer;
    this.clock = clock;
  }

  @Override
  public Mark forward(MadeForward forward) {
    var mark = others.forward(forward);
    var traced =
        forward.requests().stream()
            .filter(SpanMark.class::isInstance)
            .map(request -> ((SpanMark) request).span())
            .toList();
    return traced.isEmpty() ? mark : traced(forward, traced);
  }

  @Override
  public void step(Duration took) {
    others.step(took);
  }

  private Mark traced(MadeForward forward, List<SpanContext> requests) {
    Instant end = clock.instant();
    var costs = forward.costs();
    var span =
        tracer
            .spanBuilder("forward")
            .setNoParent()
            .setStartTimestamp(end.minus(forward.took()))
            .setAttribute("unmask.model", forward.model())
            .setAttribute("unmask.steps", costs.size())
            .setAttribute("unmask.rows", forward.rows())
            .setAttribute("unmask.keys", costs.stream().mapToInt(Cost::keys).sum())
            .setAttribute("unmask.scored_rows", costs.stream().mapToInt(Cost::scored).sum())
            .setAttribute("unmask.refreshes", costs.stream().filter(Cost::refresh).count());
    requests.forEach(span::addLink);
    var made = span.startSpan();
    made.end(end);
    return new SpanMark(made.getSpanContext());
  }
}
