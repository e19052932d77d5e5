package dev.unmask.worker.serving.steps;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.recording.EngineForward;
import dev.unmask.worker.recording.EngineStep;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Scheduler;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Makes the steps of all running requests on the engine's thread, one forward after the other.
 *
 * <pre>
 *   request's thread     plan ─ submit ─ tell the last step's events ─ await ─ accept, plan ─ submit …
 *   engine's thread      gather ─ choose ─ forward ─ answer ─ gather …
 * </pre>
 *
 * <p>Between two forwards all calls that wait for the thread are run; steps come and go as such
 * calls, so that everything but {@link #submit} and {@link #leave} happens on this thread and needs
 * no lock. Gathering waits for the next steps of those that were just answered, because a forward
 * that leaves without them takes nearly as long: until all are back or have left, but no longer
 * than {@link Limits#GATHER_TIME}, or one {@link Limits#GATHER_SHARE}th of the last forward.
 */
public final class StepLoop {
  private final EngineThread thread;
  private final LongSupplier nanoTime;
  private final ForwardListener listener;
  private final Scheduler<PendingStep> scheduler;
  private final StepTimes times = new StepTimes();
  private final ForwardTimes forwards = new ForwardTimes();

  /** Whose next step may come any moment. */
  private final Set<Seat> expected = new HashSet<>();

  private volatile DeviceUse use = DeviceUse.NONE;

  /** Rows of all steps that wait. */
  private final AtomicInteger waitingRows = new AtomicInteger();

  private int seats;
  private boolean looping;

  /** Whether a request has been seated all the time since the last forward. */
  private boolean occupied;

  private long lastEnd;
  private long patience;

  /**
   * Nobody is there, and nobody listens.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   */
  public StepLoop(EngineThread thread, Budgets budgets, LongSupplier nanoTime) {
    this(thread, budgets, nanoTime, ForwardListener.NOBODY);
  }

  /**
   * Nobody is there.
   *
   * @param nanoTime a clock on {@link System#nanoTime}'s scale
   * @param listener hears of each forward
   */
  public StepLoop(
      EngineThread thread, Budgets budgets, LongSupplier nanoTime, ForwardListener listener) {
    this.thread = thread;
    this.nanoTime = nanoTime;
    this.listener = listener;
    scheduler = new Scheduler<>(budgets);
  }

  /**
   * Seats a request.
   *
   * @param open its state; called on the engine's thread
   */
  public Seat open(Requester requester, Callable<RequestState> open) {
    return thread.call(() -> {
      var seat = new Seat(this, requester, open.call());
      seats++;
      return seat;
    });
  }

  /** From submission to outcome, of recent steps. */
  public StepTimes times() {
    return times;
  }

  /**
   * How long a step takes that is submitted now: what waits before it, and its own rows.
   *
   * @param model name of its model
   * @param rows that it computes
   * @return empty if no forward of the model was measured yet
   */
  public Optional<Duration> estimate(String model, int rows) {
    return forwards.estimate(model, waitingRows.get() + rows);
  }

  /** The same of a step that nothing waits before. */
  public Optional<Duration> estimateAlone(String model, int rows) {
    return forwards.estimate(model, rows);
  }

  /** What the device has done so far. */
  public DeviceUse use() {
    return use;
  }

  EngineThread thread() {
    return thread;
  }

  PendingStep submit(Seat seat, Turn turn) {
    var step = new PendingStep(seat, turn, nanoTime.getAsLong());
    var _ =
        thread.submit(() -> {
          enter(step);
          return true;
        });
    return step;
  }

  Future<Void> leave(Seat seat, Optional<PendingStep> pending) {
    return thread.submit(() -> {
      pending.filter(scheduler::withdraw).ifPresent(step -> waitingRows.addAndGet(-step.rows()));
      expected.remove(seat);
      seats--;
      occupied &= seats > 0;
      seat.state().close();
      return null;
    });
  }

  private void enter(PendingStep step) {
    expected.remove(step.seat());
    try {
      var cost = step.turn().cost();
      scheduler.add(step, step.seat().requester().claim(cost));
      step.weigh(cost.rows());
      waitingRows.addAndGet(cost.rows());
    } catch (RuntimeException e) {
      step.answer(new TurnOutcome.Failed(e), MadeStep.NONE);
    }
    if (!looping) {
      loop();
    }
  }

  /** Ends when nothing waits; the next step that comes begins it anew. */
  private void loop() {
    looping = true;
    try {
      while (scheduler.waiting() > 0) {
        thread.serve(lastEnd + patience - nanoTime.getAsLong(), expected::isEmpty);
        forward(scheduler.choose());
      }
    } finally {
      looping = false;
    }
  }

  private void forward(List<PendingStep> steps) {
    if (steps.isEmpty()) {
      return;
    }
    steps.forEach(step -> waitingRows.addAndGet(-step.rows()));
    var recorded = new EngineForward();
    recorded.begin();
    long start = nanoTime.getAsLong();
    // Before the steps are made: a cost is of what the state holds now.
    var costs = steps.stream().map(step -> step.turn().cost()).toList();
    var outcomes = run(steps);
    long end = nanoTime.getAsLong();
    recorded.made(steps.getFirst().seat().requester().model(), costs);
    var mark = count(steps, outcomes, costs, start, end);
    // Who was late once is not waited for again until it is back.
    expected.clear();
    for (int i = 0; i < steps.size(); i++) {
      var step = steps.get(i);
      expected.add(step.seat());
      var waited = Duration.ofNanos(start - step.submitted());
      var made = new MadeStep(Duration.ofNanos(end - start), waited, costs.get(i), mark);
      new EngineStep().made(costs.get(i), waited, outcomes.get(i) instanceof TurnOutcome.Failed);
      step.answer(outcomes.get(i), made);
    }
  }

  /** Outcomes in the order of the steps; a failure of the forward itself is everybody's. */
  private static List<TurnOutcome> run(List<PendingStep> steps) {
    try {
      var engine = steps.getFirst().seat().requester().engine();
      var outcomes = engine.run(steps.stream().map(PendingStep::turn).toList());
      if (outcomes.size() != steps.size()) {
        throw new IllegalStateException("one outcome a step");
      }
      return outcomes;
    } catch (RuntimeException e) {
      return Collections.nCopies(steps.size(), new TurnOutcome.Failed(e));
    } catch (Error e) {
      var failure = new IllegalStateException("a forward failed", e);
      return Collections.nCopies(steps.size(), new TurnOutcome.Failed(failure));
    }
  }

  private Mark count(
      List<PendingStep> steps, List<TurnOutcome> outcomes, List<Cost> costs, long start, long end) {
    int rows = costs.stream().mapToInt(Cost::rows).sum();
    use =
        use.plus(
            new DeviceUse(
                1,
                steps.size(),
                outcomes.stream().filter(TurnOutcome.Failed.class::isInstance).count(),
                costs.stream().filter(Cost::refresh).count(),
                rows,
                steps.size(),
                end - start,
                occupied ? start - lastEnd : 0,
                steps.stream().mapToLong(step -> start - step.submitted()).sum()));
    var model = steps.getFirst().seat().requester().model();
    var forward = new MadeForward(model, Duration.ofNanos(end - start), costs, marks(steps));
    forwards.record(model, rows, forward.took());
    var mark = listener.forward(forward);
    for (var step : steps) {
      var took = Duration.ofNanos(end - step.submitted());
      times.record(took);
      listener.step(took);
    }
    patience = Math.min(Limits.GATHER_TIME.toNanos(), (end - start) / Limits.GATHER_SHARE);
    lastEnd = end;
    occupied = true;
    return mark;
  }

  private static List<Mark> marks(List<PendingStep> steps) {
    return steps.stream().map(step -> step.seat().requester().mark()).toList();
  }
}
