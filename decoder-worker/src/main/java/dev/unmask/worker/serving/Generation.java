package dev.unmask.worker.serving;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.text.AnswerText;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One request on its way through the worker, on a thread of its own: it waits for a slot, looks its
 * first forward up, and has one step at a time made by the engine thread, so that requests take
 * turns. Interrupting the thread cancels the request; its slot is free once the step being made is
 * over.
 */
public final class Generation {
  private final Assignment assignment;
  private final Station station;
  private final Consumer<Event> events;
  private final Decoding decoding;
  private final AnswerText answer;
  private final Tally tally;

  /**
   * Prepares a request.
   *
   * @throws dev.unmask.contract.ProblemException a bad request, when the method is not one of the
   *     model's
   */
  public Generation(Assignment assignment, Station station, Consumer<Event> events) {
    this.assignment = assignment;
    this.station = station;
    this.events = events;
    var model = assignment.model();
    decoding = new Decoding(model.traits(), assignment.method(), assignment.prompt());
    answer =
        new AnswerText(model.tokenizer()::decodePlain, model.text().endTokens(), assignment.stop());
    tally = new Tally(assignment.prompt().length, assignment.canvasLength());
  }

  /**
   * Decodes the whole canvas and tells every event.
   *
   * @throws InterruptedException if the request was cancelled
   * @throws dev.unmask.contract.ProblemException Exhausted, if no slot is to be had
   */
  public void run() throws InterruptedException {
    try (var _ = station.slots().take()) {
      events.accept(new Event.Opened(assignment.prompt().length));
      var forward =
          station
              .sharing()
              .of(assignment.namespace())
              .flatMap(forwards -> FirstForward.of(assignment, forwards));
      var state = station.engine().call(this::open);
      try {
        decode(state, forward);
      } finally {
        station.engine().run(state::close);
      }
      tally.closed(answer.tokens(), station.since(assignment.received()));
      events.accept(new Event.Closed(reason(), tally));
    }
  }

  private RequestState open() {
    return assignment.model().engine().open(assignment.prompt().length, assignment.method());
  }

  private void decode(RequestState state, Optional<FirstForward> forward)
      throws InterruptedException {
    var afterFirst = begin(state, forward);
    checkpoint();
    while (!over()) {
      stopIfCancelled();
      var outcome = step(state);
      if (outcome.step() == 0) {
        afterFirst.run();
      }
      if (outcome.blockFinished()) {
        tell();
        checkpoint();
      }
    }
  }

  /**
   * Fills the state with a stored first forward; returns what to do once it was computed instead.
   */
  private Runnable begin(RequestState state, Optional<FirstForward> forward) {
    if (forward.isEmpty() || !(state instanceof ModelState plain)) {
      return () -> {};
    }
    var shared = forward.get();
    return restore(plain, shared) ? () -> {} : () -> publish(plain, shared);
  }

  /** Whether the first forward was found and stands in the state now. */
  private boolean restore(ModelState state, FirstForward shared) {
    var found = shared.find();
    tally.looked(found.pagesHit(), found.pagesMissed());
    found
        .forward()
        .ifPresent(stored -> {
          try (stored) {
            station.engine().run(() -> state.restore(stored));
          }
        });
    return found.forward().isPresent();
  }

  private void publish(ModelState state, FirstForward shared) {
    shared.publish(station.engine().call(() -> state.export(shared.publishedPositions())));
  }

  private StepOutcome step(RequestState state) {
    long start = station.nanoTime().getAsLong();
    var outcome = station.engine().call(() -> decoding.advance(state));
    station.times().record(station.since(start));
    tally.stepped(outcome, station.since(assignment.received()));
    events.accept(new Event.Stepped(outcome));
    return outcome;
  }

  /** The engine's calls end whatever happens, so that nothing they made is lost on the way. */
  private static void stopIfCancelled() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled");
    }
  }

  private void checkpoint() {
    if (!over()) {
      events.accept(
          new Event.AtCheckpoint(decoding.finishedBlocks(), decoding.steps(), decoding.canvas()));
    }
  }

  private void tell() {
    int end = decoding.finishedEnd();
    int[] known = Arrays.copyOfRange(decoding.canvas(), assignment.prompt().length, end);
    events.accept(new Event.Committed(answer.advance(known, decoding.done()), end));
  }

  private boolean over() {
    boolean ended = assignment.method().endOfSequence() == EndOfSequenceRule.STOP && answer.ended();
    return decoding.done() || answer.stopped() || ended;
  }

  private Event.EndReason reason() {
    if (answer.stopped()) {
      return Event.EndReason.STOP_STRING;
    }
    return answer.ended() ? Event.EndReason.END_OF_SEQUENCE : Event.EndReason.LENGTH;
  }
}
