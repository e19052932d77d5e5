package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Probe;
import java.util.Optional;

/**
 * The distributions of a request's step before, {@code [generation][vocabulary]}, for methods that
 * ask how far they moved; takes memory when first asked for. For the engine's thread only.
 */
public final class Past implements AutoCloseable {
  private final TorchProgram program;
  private final int generation;
  private Optional<IValue> distributions = Optional.empty();

  /** None yet. */
  public Past(TorchProgram program, int generation) {
    this.program = program;
    this.generation = generation;
  }

  /** What a step compares with, if it does. */
  public Optional<IValue> of(Step step) {
    if (step.wanted().probe() instanceof Probe.Divergence && distributions.isEmpty()) {
      distributions = Optional.of(program.open("open_past", generation));
    }
    return distributions;
  }

  @Override
  public void close() {
    distributions.ifPresent(IValue::close);
    distributions = Optional.empty();
  }
}
