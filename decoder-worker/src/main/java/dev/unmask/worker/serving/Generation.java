package dev.unmask.worker.serving;

import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.recording.PageFetch;
import dev.unmask.worker.serving.exchange.Exchange;
import dev.unmask.worker.serving.exchange.Looked;
import dev.unmask.worker.serving.exchange.Timing;
import dev.unmask.worker.serving.retained.DevicePrefix;
import dev.unmask.worker.serving.steps.Seat;
import dev.unmask.worker.text.AnswerText;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * One request on its way through the worker, on a thread of its own: it waits for a slot, looks up
 * what others have of its state, and has one step after the other made with those of other
 * requests. Interrupting the thread cancels the request; its slot is free once the forward being
 * made is over.
 */
public final class Generation {
  private final Assignment assignment;
  private final Station station;
  private final Consumer<Event> events;
  private final Decoding decoding;
  private final AnswerText answer;
  private final Tally tally;
  private final Optional<StepBudget> budget;

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
    decoding = new Decoding(model.traits(), assignment.method(), assignment.outset());
    answer =
        new AnswerText(
            model.tokenizer()::decodePlain,
            model.text().endTokens(),
            assignment.stop(),
            decoding.openStart());
    tally = new Tally(assignment.prompt().length, assignment.canvasLength());
    budget =
        Optional.of(assignment.arrival())
            .filter(Arrival::bounded)
            .map(arrival ->
                new StepBudget(arrival.end(), station.nanoTime(), station.steps().times()::median));
    assignment.outset().resumption().ifPresent(this::resume);
  }

  /** Brings text and counts to where lost workers had come; all of that was told. */
  private void resume(Resumption there) {
    var grid = assignment.method().grid(assignment.model().traits(), assignment.prompt().length);
    for (int block = 1; block <= there.block(); block++) {
      var _ = answer.advance(answered(there.canvas(), grid.block(block).start()), false);
    }
    tally.resumed(there.steps(), decoding.committed());
  }

  /**
   * Decodes the whole canvas and tells every event.
   *
   * @throws InterruptedException if the request was cancelled
   * @throws dev.unmask.contract.ProblemException a bad request, if it needs more of the device's
   *     memory than there is; Exhausted, if no slot is to be had
   */
  public void run() throws InterruptedException {
    var device = devicePrefix();
    device.ifPresent(DevicePrefix::keep);
    try (var watch = station.listener().begins(assignment);
        var slot = place(watch)) {
      events.accept(new Event.Opened(assignment.prompt().length));
      var requester = assignment.requester(watch.mark());
      try (var seat = station.steps().open(requester, () -> open(slot.run()))) {
        decode(seat, device, watch);
        device.ifPresent(prefix -> leave(prefix, slot.run()));
        tally.closed(answer.tokens(), station.since(assignment.arrival().received()));
        events.accept(new Event.Closed(reason(), tally));
      }
    }
  }

  private Slots.Slot place(RequestWatch watch) throws InterruptedException {
    try (var _ = watch.waiting()) {
      return station.slots().take(assignment.demand());
    }
  }

  /** What it takes from closed requests on the device, where the model leaves anything final. */
  private Optional<DevicePrefix> devicePrefix() {
    var model = assignment.model();
    return station
        .retention()
        .of(model.name())
        .filter(_ -> assignment.method().cache() instanceof BlockCache)
        .map(retained ->
            new DevicePrefix(
                retained,
                assignment.written(),
                assignment.prompt(),
                model.traits().causalBlock().orElseThrow()));
  }

  private void leave(DevicePrefix device, KvPool.Run run) {
    device.leave(run, decoding.canvas(), decoding.storedEnd(), answer.told(), answer.tokens());
  }

  private RequestState open(KvPool.Run run) {
    return assignment.model().engine().open(run, assignment.prompt().length, assignment.method());
  }

  private void decode(Seat seat, Optional<DevicePrefix> device, RequestWatch watch)
      throws InterruptedException {
    try (var exchange = station.sharing().open(assignment.shared(), decoding, timing())) {
      int stored = look(seat, exchange, device, watch);
      if (stored > 0) {
        decoding.begin(stored);
      }
      decode(seat, exchange, watch);
    }
  }

  /** Leading positions that stand in the state then. */
  private int look(
      Seat seat, Exchange exchange, Optional<DevicePrefix> device, RequestWatch watch) {
    var recorded = new PageFetch();
    recorded.begin();
    try (var _ = watch.looking()) {
      int held = device.map(prefix -> prefix.take(seat)).orElse(0);
      tally.copied(held);
      var opening = exchange.begin(seat, held);
      opening.looked().forEach(tally::looked);
      opening.looked().forEach(station.sharing().looked()::add);
      watch.looked(held, opening.looked());
      recorded.made(
          held,
          opening.looked().stream().mapToInt(Looked::hit).sum(),
          opening.looked().stream().mapToInt(Looked::missed).sum());
      return opening.stored();
    }
  }

  private Timing timing() {
    var model = assignment.model().name();
    var steps = station.steps();
    return new Timing(
        rows -> steps.estimate(model, rows),
        rows -> steps.estimateAlone(model, rows),
        station.nanoTime());
  }

  /**
   * Has each next step made before what the last one did is told: the device computes meanwhile.
   */
  private void decode(Seat seat, Exchange exchange, RequestWatch watch)
      throws InterruptedException {
    begin();
    boolean more = proceed(seat);
    while (more) {
      stopIfCancelled();
      var predictions = seat.await();
      var outcome = decoding.accept(predictions, steps());
      tally.stepped(outcome, station.since(assignment.arrival().received()));
      watch.stepped(outcome, seat.made());
      exchange.stepped(seat, outcome);
      var text = outcome.blockFinished() ? Optional.of(text()) : Optional.<Event.Committed>empty();
      more = proceed(seat);
      tell(outcome, text);
    }
    exchange.ended(seat);
    seat.leave();
  }

  /**
   * A checkpoint, unless another worker has told it; and the text of its block, if nothing of that
   * was left to decode.
   */
  private void begin() {
    var there = assignment.outset().resumption();
    if (there.isEmpty()) {
      checkpoint();
    } else if (there.get().block() < decoding.finishedBlocks()) {
      events.accept(text());
      checkpoint();
    }
  }

  private OptionalInt steps() {
    return budget.map(time -> OptionalInt.of(time.stepped())).orElseGet(OptionalInt::empty);
  }

  /** Has the next step made; tells whether there is one. */
  private boolean proceed(Seat seat) {
    if (over()) {
      return false;
    }
    seat.submit(decoding.next());
    return true;
  }

  private void tell(StepOutcome outcome, Optional<Event.Committed> text) {
    events.accept(new Event.Stepped(outcome));
    text.ifPresent(committed -> {
      events.accept(committed);
      checkpoint();
    });
  }

  /** What a request has submitted is withdrawn, or made to its end, when its seat is closed. */
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

  private Event.Committed text() {
    int end = Math.min(decoding.finishedEnd(), decoding.answerEnd());
    int[] known = answered(decoding.canvas(), end);
    return new Event.Committed(answer.advance(known, decoding.done()), end);
  }

  /** Tokens of the answer up to a position, or to its end. */
  private int[] answered(int[] canvas, int end) {
    int from = assignment.prompt().length;
    return Arrays.copyOfRange(canvas, from, Math.max(from, Math.min(end, decoding.answerEnd())));
  }

  private boolean over() {
    boolean ended = assignment.method().endOfSequence() == EndOfSequenceRule.STOP && answer.ended();
    return decoding.done() || answer.stopped() || ended;
  }

  private Event.EndReason reason() {
    if (tally.hurried() > 0) {
      return Event.EndReason.DEADLINE;
    }
    if (answer.stopped()) {
      return Event.EndReason.STOP_STRING;
    }
    return answer.ended() ? Event.EndReason.END_OF_SEQUENCE : Event.EndReason.LENGTH;
  }
}
