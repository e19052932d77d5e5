package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Optional;

/**
 * The model under classifier-free guidance, with the state of one request in two halves: the
 * canvas, and the canvas with a masked prompt. A step that computes the first half alone moves its
 * logits by the last difference. For the engine's thread only. Source: LLaDA generate.py;
 * dLLM-Cache.
 */
public final class GuidedState implements RequestState {
  private final TorchProgram program;
  private final PageLayout layout;
  private final ModelTraits traits;
  private final CanvasSize size;
  private final double scale;
  private final Forwards conditional;
  private final Forwards unconditional;
  private final Head head;
  private Optional<IValue> difference = Optional.empty();

  GuidedState(
      TorchProgram program, PageLayout layout, ModelTraits traits, CanvasSize size, double scale) {
    this.program = program;
    this.layout = layout;
    this.traits = traits;
    this.size = size;
    this.scale = scale;
    conditional = new Forwards(program, size);
    unconditional = new Forwards(program, size);
    head = new Head(program, size, traits.predictionShift());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a row would attend to a position that is neither computed
   *     nor stored, or the first step leaves out the half without the prompt
   */
  @Override
  public Predictions step(Step step) {
    int[] predicting = size.predicting(traits.predictionShift());
    int[] wanted = Rows.indices(step.rows(), predicting);
    int computed = Rows.computed(step, layout.layers());
    try (var hidden = conditional.run(step, wanted)) {
      if (step.unconditional().isPresent()) {
        var other = withoutPrompt(step);
        computed += Rows.computed(other, layout.layers());
        compare(hidden, other, wanted);
      }
      var push =
          new Head.Push(
              difference.orElseThrow(() -> new IllegalArgumentException("nothing to go by")),
              scale);
      int[] scored = Rows.indices(predicting, step.scored());
      return head.predict(step, hidden, scored, Optional.of(push)).with(computed);
    }
  }

  @Override
  public Cost cost(Step step) {
    int halves = step.unconditional().isPresent() ? 2 : 1;
    return new Cost(
        halves * Rows.computed(step, layout.layers()),
        halves * size.positions(),
        halves * size.generation(),
        step.rows().length == size.positions());
  }

  /** Of the half with the prompt. */
  @Override
  public int[][] chosen() {
    return conditional.chosen();
  }

  private Step withoutPrompt(Step step) {
    int[] tokens = step.tokens().clone();
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = step.rows()[i] < size.prompt() ? traits.maskToken() : tokens[i];
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

  private void compare(IValue hidden, Step other, int[] wanted) {
    try (var without = unconditional.run(other, wanted);
        var call = program.call("difference")) {
      forgetDifference();
      difference = Optional.of(call.value(hidden).value(without).run());
    }
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
    head.close();
  }
}
