package dev.unmask.worker.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The model with the keys and values of one request.
 *
 * <p>The first step must be a refresh. Its final hidden states are kept for all rows that predict
 * generated positions until the next step, so that the forward can be exported; restored from pages
 * instead, the same refresh is answered without computing a row. Either way the head works on the
 * same numbers in the same shape, so a hit and a miss predict bit for bit the same.
 *
 * <p>Keys and values take memory from the first step that keeps them. For the engine's thread only.
 */
public final class ModelState implements RequestState {
  private final TorchProgram program;
  private final PageLayout layout;
  private final ModelTraits traits;
  private final CanvasSize size;
  private final Forwards forwards;
  private final Head head;
  private Optional<IValue> opening = Optional.empty();
  private int steps;

  ModelState(TorchProgram program, PageLayout layout, ModelTraits traits, CanvasSize size) {
    this.program = program;
    this.layout = layout;
    this.traits = traits;
    this.size = size;
    forwards = new Forwards(program, size);
    head = new Head(program, size, traits.predictionShift());
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a row would attend to a position that is neither computed
   *     nor stored, or a scored row is not among the rows
   */
  @Override
  public Predictions step(Step step) {
    var predictions = steps == 0 && exportable(step) ? open(step) : proceed(step);
    steps++;
    return predictions;
  }

  /** Whether a step leaves what a page can hold. */
  private boolean exportable(Step step) {
    boolean plain =
        switch (step.mechanism()) {
          case Mechanism.Fresh _ -> true;
          case Mechanism.Overwrite(boolean rollout) -> !rollout;
          case Mechanism.LayerRefresh _,
              Mechanism.Retain _,
              Mechanism.Retained _,
              Mechanism.Shadow _ ->
              false;
        };
    return plain && step.rows().length == size.positions();
  }

  private Predictions open(Step step) {
    int[] predicting = size.predicting(traits.predictionShift());
    boolean fetched = opening.isPresent();
    if (!fetched) {
      opening = Optional.of(forwards.run(step, predicting));
    }
    int[] scored = Rows.indices(predicting, step.scored());
    var predictions = head.predict(step, opening.orElseThrow(), scored, Optional.empty());
    return predictions.with(fetched ? 0 : step.rows().length);
  }

  private Predictions proceed(Step step) {
    forgetOpening();
    int[] scored = Rows.indices(step.rows(), step.scored());
    int[] verified = Rows.ofShadow(step, traits.predictionShift());
    try (var hidden = forwards.run(step, Rows.concat(scored, verified))) {
      int[] first = Rows.range(0, scored.length);
      int[] rest = Rows.range(scored.length, verified.length);
      return head.predict(step, hidden, first, Optional.empty())
          .with(head.verify(hidden, rest, Rows.tokens(step)), forwards.importance())
          .with(Rows.computed(step, layout.layers()));
    }
  }

  @Override
  public Cost cost(Step step) {
    int rows = opening.isPresent() ? 0 : Rows.computed(step, layout.layers());
    boolean refresh = step.rows().length == size.positions();
    return new Cost(rows, size.positions(), step.scored().length, refresh);
  }

  @Override
  public int[][] chosen() {
    return forwards.chosen();
  }

  /**
   * Copies out the forward of the first step, to be shared. To be called after the first step and
   * before the second.
   *
   * @param positions whose keys and values are wanted, from 0; 0 for the predictions alone
   * @return the bytes, to be closed by the caller, on any thread
   * @throws IllegalStateException if it is too early or too late, or the keys were not kept
   */
  public StoredForward export(int positions) {
    if (steps != 1 || opening.isEmpty() || !forwards.holds(positions)) {
      throw new IllegalStateException("the first forward is not there to be exported");
    }
    var memory = program.hostMemory();
    try {
      var layers = exportKeys(positions, memory);
      return new StoredForward(layout, positions, layers, exportHidden(memory), memory::close);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  private List<ByteBuffer> exportKeys(int positions, PtNDManager memory) {
    if (positions == 0) {
      return List.of();
    }
    try (var call = program.call("export_state")) {
      call.value(forwards.keys()).number(positions).number(Limits.PAGE_SPAN);
      try (var pages = call.run()) {
        return Arrays.stream(pages.toTensorArray(memory)).map(p -> p.toByteBuffer(true)).toList();
      }
    }
  }

  private ByteBuffer exportHidden(PtNDManager memory) {
    try (var call = program.call("leave");
        var hidden = call.value(opening.orElseThrow()).run()) {
      return hidden.toTensor(memory).toByteBuffer(true);
    }
  }

  /**
   * Fills the state with a forward that was exported for the same prompt and lengths by the same
   * program; the next step, a refresh, is answered from it.
   *
   * @param forward copied before this returns
   * @throws IllegalStateException if a step was made already
   * @throws IllegalArgumentException if the forward has another shape
   */
  public void restore(StoredForward forward) {
    if (steps > 0 || opening.isPresent()) {
      throw new IllegalStateException("only a new state can be restored");
    }
    if (!forward.layout().equals(layout)
        || forward.positions() > size.positions()
        || forward.predictions().capacity() != layout.predictionBytes(size.generation())) {
      throw new IllegalArgumentException("the forward is of another model or canvas");
    }
    if (forward.positions() > 0) {
      restoreKeys(forward);
    }
    try (var call = program.call("take_hidden")) {
      call.bytes(forward.predictions(), crossing()).number(layout.hidden());
      opening = Optional.of(call.run());
    }
  }

  private void restoreKeys(StoredForward forward) {
    var layers = IntStream.range(0, layout.layers()).mapToObj(forward::layer).toList();
    try (var call = program.call("restore_state")) {
      call.value(forwards.keys()).bytes(layers, crossing());
      call.number(forward.positions()).number(Limits.PAGE_SPAN).complete();
    }
    forwards.filled(forward.positions());
  }

  /** Frees the device's memory. */
  @Override
  public void close() {
    forgetOpening();
    forwards.close();
    head.close();
  }

  private void forgetOpening() {
    opening.ifPresent(IValue::close);
    opening = Optional.empty();
  }

  private DataType crossing() {
    return switch (layout.type()) {
      case FLOAT32 -> DataType.FLOAT32;
      case BFLOAT16 -> DataType.UINT8;
    };
  }
}
