package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.ProgramCall;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The layers of a model with what one request has stored in them: runs steps by their mechanism.
 * For the engine's thread only.
 */
final class Forwards implements AutoCloseable {
  private final TorchProgram program;
  private final CanvasSize size;
  private final Stores stores;
  private final BitSet stored = new BitSet();
  private boolean outputsStored;
  private float[] importance = {};

  Forwards(TorchProgram program, CanvasSize size) {
    this.program = program;
    this.size = size;
    stores = new Stores(program, size.positions());
  }

  /**
   * Runs a step.
   *
   * @param wanted indices into its rows; rows of a shadow follow those of the canvas
   * @return final hidden states of the wanted rows, the caller's to close
   * @throws IllegalArgumentException if a row would attend to what is neither computed nor stored
   */
  IValue run(Step step, int[] wanted) {
    stores.forgetChosen();
    return switch (step.mechanism()) {
      case Mechanism.Fresh _ -> fresh(step, wanted);
      case Mechanism.Overwrite(boolean rollout) -> overwrite(step, wanted, rollout);
      case Mechanism.LayerRefresh refresh -> layers(step, wanted, refresh);
      case Mechanism.Retain retain -> retain(step, wanted, retain);
      case Mechanism.Retained _ -> retained(step, wanted);
      case Mechanism.Shadow shadow -> shadow(step, wanted, shadow);
    };
  }

  private IValue fresh(Step step, int[] wanted) {
    requireAll(step);
    try (var none = program.open("open_state", 0);
        var call = program.call("forward")) {
      return rows(call, step).vector(wanted).value(none).run();
    }
  }

  private IValue overwrite(Step step, int[] wanted, boolean rollout) {
    requireKeys(step);
    Arrays.stream(step.rows()).forEach(stored::set);
    return rollout ? rollout(step, wanted) : overwrite(step, wanted);
  }

  private IValue overwrite(Step step, int[] wanted) {
    try (var call = program.call("forward")) {
      return rows(call, step).vector(wanted).value(stores.keys()).run();
    }
  }

  private IValue rollout(Step step, int[] wanted) {
    try (var call = program.call("forward_rollout")) {
      rows(call, step).vector(wanted).value(stores.keys());
      var parts = call.vector(size.angles(step.rows())).number(size.padding()).parts();
      importance = program.floats(parts.get(1));
      return parts.getFirst();
    }
  }

  private static ProgramCall rows(ProgramCall call, Step step) {
    return call.vector(step.tokens()).vector(step.rows()).number(firstOfRun(step.rows()));
  }

  private IValue layers(Step step, int[] wanted, Mechanism.LayerRefresh refresh) {
    requireAll(step);
    boolean everything = refresh.prompt() && refresh.response();
    require(everything || outputsStored, "a layer's outputs are not stored");
    try (var call = program.call("forward_layers")) {
      call.vector(step.tokens()).vector(wanted).value(stores.keys()).value(stores.outputs());
      call.number(refresh.promptLength()).flags(refresh.prompt(), refresh.response());
      call.number(refresh.moved().orElse(-1));
      var parts = call.parts();
      stores.choose(parts.get(1));
      stored.set(0, size.positions());
      outputsStored = true;
      return parts.getFirst();
    }
  }

  private IValue retain(Step step, int[] wanted, Mechanism.Retain retain) {
    requireAll(step);
    try (var call = program.call("forward_retain")) {
      call.vector(step.tokens()).vector(wanted).number(retain.start()).number(retain.end());
      var parts = call.number(retain.kept()).number(retain.kernel()).parts();
      stores.retain(parts.get(1));
      stores.choose(parts.get(2));
      return parts.getFirst();
    }
  }

  private IValue retained(Step step, int[] wanted) {
    try (var call = program.call("forward_retained")) {
      call.vector(step.tokens()).vector(step.rows()).vector(wanted);
      return call.value(stores.retained()).run();
    }
  }

  private IValue shadow(Step step, int[] wanted, Mechanism.Shadow shadow) {
    requireAll(step);
    try (var call = program.call("forward_shadow")) {
      call.vector(step.tokens()).vector(wanted);
      return call.number(shadow.start()).number(shadow.end()).run();
    }
  }

  /** Design invariant I4: every attended key is fresh or stored, never a hole. */
  private void requireKeys(Step step) {
    var keys = (BitSet) stored.clone();
    Arrays.stream(step.rows()).forEach(keys::set);
    require(
        keys.nextClearBit(0) >= size.positions(),
        "step %d attends to position %d, which is not stored"
            .formatted(step.number(), keys.nextClearBit(0)));
  }

  private void requireAll(Step step) {
    require(
        step.rows().length == size.positions(),
        "step %d computes %d of %d rows and stores nothing"
            .formatted(step.number(), step.rows().length, size.positions()));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Keys and values of the canvas, to be filled or copied. */
  IValue keys() {
    return stores.keys();
  }

  /** Tells that keys and values from 0 were filled from elsewhere. */
  void filled(int count) {
    stored.set(0, count);
  }

  /** Whether all positions from 0 up to a count are stored. */
  boolean holds(int count) {
    return stored.nextClearBit(0) >= count;
  }

  /** Attention rollout of the last step that probed it. */
  float[] importance() {
    return importance.clone();
  }

  /** Positions each layer chose in the last step. */
  int[][] chosen() {
    return stores.chosen();
  }

  @Override
  public void close() {
    stores.close();
  }

  /** First row if rows follow each other without a gap, else -1. */
  private static int firstOfRun(int[] rows) {
    return rows[rows.length - 1] - rows[0] == rows.length - 1 ? rows[0] : -1;
  }
}
