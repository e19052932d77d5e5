package dev.unmask.worker.tracing;

import dev.unmask.contract.Limits;
import dev.unmask.tracing.Trace;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.serving.RequestWatch;
import dev.unmask.worker.serving.exchange.Looked;
import dev.unmask.worker.serving.steps.MadeStep;
import dev.unmask.worker.serving.steps.Mark;
import io.grpc.Context;
import io.opentelemetry.api.trace.Span;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;

/** The spans of one request, parts of the span of its call. For the request's thread. */
final class TracedRequest implements RequestWatch {
  private final RequestWatch others;
  private final Trace trace;
  private final InstantSource clock;
  private Span lookUp = Span.getInvalid();
  private int steps;

  TracedRequest(RequestWatch others, Trace trace, InstantSource clock) {
    this.others = others;
    this.trace = trace;
    this.clock = clock;
  }

  @Override
  public Phase waiting() {
    var span = trace.part("waiting for a slot").startSpan();
    var phase = others.waiting();
    return () -> {
      phase.close();
      span.end();
    };
  }

  /** Calls to cache-services within it are its parts. */
  @Override
  public Phase looking() {
    var span = trace.part("shared states").startSpan();
    lookUp = span;
    var phase = others.looking();
    var inside = trace.within(span).in(Context.current());
    var outside = inside.attach();
    return () -> {
      inside.detach(outside);
      phase.close();
      span.end();
    };
  }

  @Override
  public void looked(int held, List<Looked> looked) {
    lookUp.setAttribute("unmask.positions_on_device", held);
    lookUp.setAttribute("unmask.pages_hit", looked.stream().mapToInt(Looked::hit).sum());
    lookUp.setAttribute("unmask.pages_missed", looked.stream().mapToInt(Looked::missed).sum());
    lookUp.setAttribute(
        "unmask.sharing_modes",
        looked.stream().map(look -> look.mode().name()).collect(Collectors.joining(",")));
    others.looked(held, looked);
  }

  /** Made before it is heard of: its beginning is reckoned back. */
  @Override
  public void stepped(StepOutcome outcome, MadeStep made) {
    others.stepped(outcome, made);
    steps++;
    if (steps > Limits.TRACED_STEPS) {
      return;
    }
    var end = clock.instant();
    var span =
        trace
            .part("step")
            .setStartTimestamp(end.minus(made.forward()).minus(made.waited()))
            .setAttribute("unmask.step", outcome.step())
            .setAttribute("unmask.block", outcome.block())
            .setAttribute("unmask.rows", made.cost().rows())
            .setAttribute("unmask.keys", made.cost().keys())
            .setAttribute("unmask.scored_rows", made.cost().scored())
            .setAttribute("unmask.refresh", made.cost().refresh())
            .setAttribute("unmask.commits", outcome.commits().size())
            .setAttribute("unmask.wait_ms", made.waited().toNanos() / 1e6);
    if (made.mark() instanceof SpanMark forward) {
      span.addLink(forward.span());
    }
    span.startSpan().end(end);
  }

  @Override
  public Mark mark() {
    return new SpanMark(trace.span().getSpanContext());
  }

  @Override
  public void close() {
    trace
        .span()
        .setAttribute("unmask.steps_without_span", Math.max(0, steps - Limits.TRACED_STEPS));
    others.close();
  }
}
