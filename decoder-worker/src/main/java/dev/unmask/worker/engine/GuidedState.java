package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.forward.CanvasMemory;
import dev.unmask.worker.engine.forward.CanvasSize;
import dev.unmask.worker.engine.forward.Forward;
import dev.unmask.worker.engine.forward.Head;
import dev.unmask.worker.engine.forward.Past;
import dev.unmask.worker.engine.forward.Place;
import dev.unmask.worker.engine.forward.Question;
import dev.unmask.worker.engine.forward.Room;
import dev.unmask.worker.engine.forward.Rows;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Optional;

/**
 * The model under classifier-free guidance, with the state of one request in two halves: the
 * canvas, and the canvas with a masked prompt; both are in the same forward. A step that computes
 * the first half alone moves its logits by the last difference. For the engine's thread only.
 * Source: LLaDA generate.py; dLLM-Cache.
 */
public final class GuidedState implements RequestState, Member {
  private final TorchEngine engine;
  private final CanvasSize size;
  private final double scale;
  private final CanvasMemory conditional;
  private final CanvasMemory unconditional;
  private final Past past;
  private final Runnable release;
  private Optional<IValue> difference = Optional.empty();

  private Optional<Place> with = Optional.empty();
  private Optional<Place> without = Optional.empty();
  private int question;

  /**
   * Nothing stored yet.
   *
   * @param room that each half has in the pool; the second half's follows the first's
   * @param release what closing does beside
   */
  GuidedState(TorchEngine engine, CanvasSize size, double scale, Room room, Runnable release) {
    this.engine = engine;
    this.size = size;
    this.scale = scale;
    this.release = release;
    int mask = engine.traits().maskToken();
    var other = room.from(room.start() + room.size());
    conditional = new CanvasMemory(engine.program(), size, room, mask);
    unconditional = new CanvasMemory(engine.program(), size, other, mask);
    past = new Past(engine.program(), size.generation());
  }

  @Override
  public Predictions step(Step step) {
    return engine.step(this, step);
  }

  @Override
  public void join(Step step, Forward forward) {
    if (difference.isEmpty() && step.unconditional().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to go by");
    }
    int[] wanted = Rows.indices(step.rows(), predicting());
    with = Optional.of(forward.add(conditional, step, wanted));
    without =
        step.unconditional().map(_ -> forward.add(unconditional, withoutPrompt(step), wanted));
  }

  @Override
  public void ask(Step step, Forward forward, Head head) {
    var there = with.orElseThrow();
    without.ifPresent(other -> compare(forward, there, other));
    int[] indices = Rows.indices(predicting(), step.scored());
    var push = new Question.Push(difference.orElseThrow(), scale);
    question =
        head.ask(
            new Question(
                forward.hidden(there),
                there.rows(indices),
                indices,
                step,
                past.of(step),
                Optional.of(push)));
  }

  private void compare(Forward forward, Place there, Place other) {
    try (var moved = forward.copy(there);
        var still = forward.copy(other);
        var call = engine.program().call("difference")) {
      forgetDifference();
      difference = Optional.of(call.value(moved).value(still).run());
    }
  }

  @Override
  public Predictions answer(Step step, Head head) {
    return head.answer(question).with(cost(step).rows());
  }

  @Override
  public Cost cost(Step step) {
    int layers = engine.pageLayout().layers();
    var other = step.unconditional();
    int without = other.map(m -> Rows.computed(m, step.rows().length, layers)).orElse(0);
    return new Cost(
        Rows.computed(step, layers) + without,
        size.positions() * (other.isPresent() ? 2 : 1),
        size.generation(),
        step.rows().length == size.positions());
  }

  /** Of the half with the prompt. */
  @Override
  public int[][] chosen() {
    return conditional.chosen();
  }

  private int[] predicting() {
    return size.predicting(engine.traits().predictionShift());
  }

  private Step withoutPrompt(Step step) {
    int[] tokens = step.tokens().clone();
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = step.rows()[i] < size.prompt() ? engine.traits().maskToken() : tokens[i];
    }
    return new Step(
        step.number(),
        step.rows(),
        tokens,
        step.unconditional().orElseThrow(),
        step.scored(),
        step.verified(),
        step.wanted(),
        Optional.empty());
  }

  private void forgetDifference() {
    difference.ifPresent(IValue::close);
    difference = Optional.empty();
  }

  @Override
  public void close() {
    forgetDifference();
    conditional.close();
    unconditional.close();
    past.close();
    release.run();
  }
}
