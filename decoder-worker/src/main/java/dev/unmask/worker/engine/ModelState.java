package dev.unmask.worker.engine;

import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import dev.unmask.contract.Limits;
import dev.unmask.worker.decoding.Denoiser;
import dev.unmask.worker.decoding.ModelTraits;
import dev.unmask.worker.decoding.Predictions;
import dev.unmask.worker.decoding.Step;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
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
public final class ModelState implements Denoiser, AutoCloseable {
  private final TorchProgram program;
  private final PageLayout layout;
  private final ModelTraits traits;
  private final CanvasSize size;
  private final BitSet stored = new BitSet();
  private Optional<IValue> state = Optional.empty();
  private Optional<IValue> opening = Optional.empty();
  private int steps;

  ModelState(TorchProgram program, PageLayout layout, ModelTraits traits, CanvasSize size) {
    this.program = program;
    this.layout = layout;
    this.traits = traits;
    this.size = size;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a row would attend to a position that is neither computed
   *     nor stored, or a scored row is not among the rows
   */
  @Override
  public Predictions step(Step step) {
    boolean refresh = step.rows().length == size.positions();
    requireKeys(step, refresh);
    var predictions = steps == 0 ? open(step) : proceed(step);
    steps++;
    return predictions;
  }

  /** Design invariant I4: every attended key is fresh or stored, never a hole. */
  private void requireKeys(Step step, boolean refresh) {
    if (refresh) {
      return;
    }
    var keys = (BitSet) stored.clone();
    Arrays.stream(step.rows()).forEach(keys::set);
    if (steps == 0 || keys.nextClearBit(0) < size.positions()) {
      throw new IllegalArgumentException(
          "step %d attends to position %d, which is not stored"
              .formatted(step.number(), keys.nextClearBit(0)));
    }
  }

  private Predictions open(Step step) {
    int[] predicting =
        IntStream.range(size.prompt(), size.positions())
            .map(position -> position - traits.predictionShift())
            .toArray();
    boolean fetched = opening.isPresent();
    if (!fetched) {
      opening = Optional.of(forward(step, predicting));
    }
    int[] scored = indices(predicting, step.scored());
    return predict(step, opening.orElseThrow(), scored, fetched ? 0 : step.rows().length);
  }

  private Predictions proceed(Step step) {
    forgetOpening();
    try (var hidden = forward(step, indices(step.rows(), step.scored()))) {
      int[] scored = IntStream.range(0, step.scored().length).toArray();
      return predict(step, hidden, scored, step.rows().length);
    }
  }

  private IValue forward(Step step, int[] wanted) {
    boolean refresh = step.rows().length == size.positions();
    boolean attendsToStored = step.keep() || !refresh;
    try (var none = openState(0);
        var call = program.call("forward")) {
      call.vector(step.tokens()).vector(step.rows()).number(firstOfRun(step.rows()));
      call.vector(wanted).value(attendsToStored ? keys() : none);
      var hidden = call.run();
      if (attendsToStored) {
        Arrays.stream(step.rows()).forEach(stored::set);
      }
      return hidden;
    }
  }

  private Predictions predict(Step step, IValue hidden, int[] scored, int rowsComputed) {
    if (scored.length == 0) {
      return new Predictions(new int[0], new float[0], rowsComputed);
    }
    try (var call = program.call("predict")) {
      call.value(hidden).vector(scored);
      return TokenChoice.run(call, step, rowsComputed);
    }
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
    if (steps != 1 || opening.isEmpty() || stored.nextClearBit(0) < positions) {
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
      call.value(keys()).number(positions).number(Limits.PAGE_SPAN);
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
      call.value(keys()).bytes(layers, crossing());
      call.number(forward.positions()).number(Limits.PAGE_SPAN).complete();
    }
    stored.set(0, forward.positions());
  }

  /** Frees the device's memory. */
  @Override
  public void close() {
    forgetOpening();
    state.ifPresent(IValue::close);
    state = Optional.empty();
  }

  private void forgetOpening() {
    opening.ifPresent(IValue::close);
    opening = Optional.empty();
  }

  private IValue keys() {
    if (state.isEmpty()) {
      state = Optional.of(openState(size.positions()));
    }
    return state.orElseThrow();
  }

  private IValue openState(int positions) {
    try (var call = program.call("open_state")) {
      return call.number(positions).run();
    }
  }

  private DataType crossing() {
    return switch (layout.type()) {
      case FLOAT32 -> DataType.FLOAT32;
      case BFLOAT16 -> DataType.UINT8;
    };
  }

  /** First row if rows follow each other without a gap, else -1. */
  private static int firstOfRun(int[] rows) {
    return rows[rows.length - 1] - rows[0] == rows.length - 1 ? rows[0] : -1;
  }

  private static int[] indices(int[] sorted, int[] wanted) {
    return Arrays.stream(wanted)
        .map(row -> {
          int index = Arrays.binarySearch(sorted, row);
          if (index < 0) {
            throw new IllegalArgumentException("row " + row + " is scored but not computed");
          }
          return index;
        })
        .toArray();
  }
}
