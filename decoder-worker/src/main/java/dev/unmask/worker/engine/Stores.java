package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import java.util.Optional;

/**
 * Device memory that steps leave for later ones: keys and values of the canvas, outputs of the
 * layers, and what was retained. For the engine's thread only.
 */
final class Stores implements AutoCloseable {
  private final TorchProgram program;
  private final int positions;
  private Optional<IValue> keys = Optional.empty();
  private Optional<IValue> outputs = Optional.empty();
  private Optional<IValue> retained = Optional.empty();
  private Optional<IValue> chosen = Optional.empty();

  Stores(TorchProgram program, int positions) {
    this.program = program;
    this.positions = positions;
  }

  /** Keys and values of all positions, [2][kv heads][positions][head size] a layer. */
  IValue keys() {
    if (keys.isEmpty()) {
      keys = Optional.of(program.open("open_state", positions));
    }
    return keys.orElseThrow();
  }

  /** Attention and MLP outputs of all positions, [2][positions][hidden] a layer. */
  IValue outputs() {
    if (outputs.isEmpty()) {
      outputs = Optional.of(program.open("open_outputs", positions));
    }
    return outputs.orElseThrow();
  }

  /**
   * Keys and values a step retained.
   *
   * @throws IllegalArgumentException if none did
   */
  IValue retained() {
    return retained.orElseThrow(() -> new IllegalArgumentException("nothing was retained"));
  }

  /** Takes what a step retains, in place of what another did. */
  void retain(IValue state) {
    retained.ifPresent(IValue::close);
    retained = Optional.of(state);
  }

  /** Takes the positions each layer chose in the last step. */
  void choose(IValue positionsByLayer) {
    forgetChosen();
    chosen = Optional.of(positionsByLayer);
  }

  void forgetChosen() {
    chosen.ifPresent(IValue::close);
    chosen = Optional.empty();
  }

  /** Positions each layer chose in the last step; empty when it had no choice. */
  int[][] chosen() {
    return chosen.map(program::positions).orElseGet(() -> new int[0][]);
  }

  @Override
  public void close() {
    keys.ifPresent(IValue::close);
    outputs.ifPresent(IValue::close);
    retained.ifPresent(IValue::close);
    forgetChosen();
    keys = Optional.empty();
    outputs = Optional.empty();
    retained = Optional.empty();
  }
}
