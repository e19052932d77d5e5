package dev.unmask.worker.engine;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.forward.CanvasMemory;
import dev.unmask.worker.engine.forward.CanvasSize;
import dev.unmask.worker.engine.forward.Forward;
import dev.unmask.worker.engine.forward.Head;
import dev.unmask.worker.engine.forward.Past;
import dev.unmask.worker.engine.forward.Place;
import dev.unmask.worker.engine.forward.Prefix;
import dev.unmask.worker.engine.forward.Question;
import dev.unmask.worker.engine.forward.Readout;
import dev.unmask.worker.engine.forward.Room;
import dev.unmask.worker.engine.forward.Rows;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The model with the keys and values of one request.
 *
 * <p>The first step must be a refresh. Its final hidden states are kept for all rows that predict
 * generated positions until the next step, so that the forward can be exported; restored from pages
 * instead, the same refresh is answered without computing a row. Either way the head works on the
 * same numbers, so a hit and a miss predict the same. For the engine's thread only.
 */
public final class ModelState implements SharedState, Member {
  private final TorchEngine engine;
  private final CanvasSize size;
  private final CanvasMemory memory;
  private final Past past;
  private final Runnable release;
  private Optional<IValue> opening = Optional.empty();
  private Optional<Prefix> lent = Optional.empty();
  private int watched;
  private int[] layers = {};
  private boolean restored;
  private boolean approximate;
  private int steps;

  private Optional<Place> place = Optional.empty();
  private int question;
  private Optional<Readout.Entry> verified = Optional.empty();
  private Optional<Readout.Entry> rollout = Optional.empty();

  /**
   * Nothing stored yet.
   *
   * @param room that the canvas has in the pool
   * @param release what closing does beside
   */
  ModelState(TorchEngine engine, CanvasSize size, Room room, Runnable release) {
    this.engine = engine;
    this.size = size;
    this.release = release;
    memory = new CanvasMemory(engine.program(), size, room, engine.traits().maskToken());
    past = new Past(engine.program(), size.generation());
  }

  @Override
  public Predictions step(Step step) {
    return engine.step(this, step);
  }

  @Override
  public void join(Step step, Forward forward) {
    if (steps > 0) {
      forgetOpening();
      memory.forgetTold();
    }
    if (lent.isPresent() && (!opens(step) || step.mechanism() instanceof Mechanism.Retain)) {
      throw new IllegalArgumentException("a lent prefix needs a plain refresh as first step");
    }
    place = restored ? Optional.empty() : Optional.of(forward.add(memory, step, wanted(step)));
  }

  /** Indices into the step's rows whose hidden states are wanted. */
  private int[] wanted(Step step) {
    return opens(step)
        ? Rows.indices(step.rows(), predicting())
        : Rows.concat(Rows.indices(step.rows(), step.scored()), Rows.ofShadow(step, shift()));
  }

  @Override
  public void ask(Step step, Forward forward, Head head) {
    verified = Optional.empty();
    rollout = Optional.empty();
    if (opens(step)) {
      if (!restored) {
        forgetOpening();
        opening = Optional.of(forward.copy(place.orElseThrow()));
      }
      question = head.ask(question(step, opening.orElseThrow(), predicting(step)));
    } else {
      var there = place.orElseThrow();
      int scored = step.scored().length;
      int[] rows = there.rows(Rows.range(0, scored));
      question = head.ask(question(step, forward.hidden(there), rows));
      verify(step, forward, head);
      if (step.mechanism() instanceof Mechanism.Overwrite(boolean probed) && probed) {
        rollout = Optional.of(head.read(forward.rollout(there), size.positions()));
      }
    }
  }

  private void verify(Step step, Forward forward, Head head) {
    if (step.verified().length > 0) {
      var there = place.orElseThrow();
      int[] rows = there.rows(Rows.range(step.scored().length, step.verified().length));
      verified = Optional.of(head.verify(forward.hidden(there), rows, Rows.tokens(step)));
    }
  }

  private Question question(Step step, IValue hidden, int[] rows) {
    int[] places = IntStream.of(step.scored()).map(row -> row + shift() - size.prompt()).toArray();
    return new Question(hidden, rows, places, step, past.of(step), Optional.empty());
  }

  @Override
  public Predictions answer(Step step, Head head) {
    var answer =
        head.answer(question)
            .with(
                verified.map(Readout.Entry::floats).orElse(NONE),
                rollout.map(Readout.Entry::floats).orElse(NONE))
            .with(cost(step).rows());
    restored = false;
    forgetLent();
    steps++;
    return answer;
  }

  private static final float[] NONE = {};

  /** Whether the step leaves what a page can hold: the first one, if it leaves no more. */
  private boolean opens(Step step) {
    boolean held =
        switch (step.mechanism()) {
          case Mechanism.Fresh _ -> true;
          case Mechanism.Overwrite(boolean probed) -> !probed;
          case Mechanism.Retain retain -> !retain.beside();
          case Mechanism.BlockCausal _,
              Mechanism.LayerRefresh _,
              Mechanism.Retained _,
              Mechanism.Shadow _ ->
              false;
        };
    return steps == 0 && held && step.rows().length == size.positions();
  }

  private int[] predicting() {
    return size.predicting(shift());
  }

  /** Where a first step's scored rows lie among those that predict. */
  private int[] predicting(Step step) {
    return Rows.indices(predicting(), step.scored());
  }

  private int shift() {
    return engine.traits().predictionShift();
  }

  @Override
  public Cost cost(Step step) {
    return new Cost(
        restored ? 0 : computed(step, engine.pageLayout().layers()),
        size.positions(),
        step.scored().length,
        refreshes(step));
  }

  /** Whether a step is one of those that are large: all rows of a canvas, or of many blocks. */
  private boolean refreshes(Step step) {
    int rows = step.rows().length;
    return step.mechanism() instanceof Mechanism.BlockCausal(int blockLength)
        ? rows > 2 * blockLength
        : rows == size.positions();
  }

  private int computed(Step step, int layers) {
    return lent.map(prefix -> prefix.computed(step, layers))
        .orElseGet(() -> Rows.computed(step, layers));
  }

  @Override
  public int[][] chosen() {
    return memory.chosen();
  }

  @Override
  public StoredForward export(int positions) {
    if (steps != 1 || opening.isEmpty() || approximate || !memory.holds(positions)) {
      throw new IllegalStateException("the first forward is not there to be exported");
    }
    return engine.transfer().export(memory.start(), positions, opening.orElseThrow());
  }

  @Override
  public void restore(StoredForward forward) {
    requireNew();
    requireFits(forward, engine.pageLayout());
    engine.transfer().restore(memory.start(), forward);
    opening = Optional.of(engine.transfer().hidden(forward));
    memory.filled(forward.positions());
    restored = true;
  }

  @Override
  public StoredForward exportRetained() {
    var kept = memory.retained();
    if (steps != 1 || opening.isEmpty() || approximate || kept.isEmpty()) {
      throw new IllegalStateException("no first forward retained what could be exported");
    }
    int count = kept.getAsInt();
    try (var plain = engine.transfer().export(memory.start(), count, opening.orElseThrow())) {
      return RetainedForward.list(plain, memory.chosen());
    }
  }

  @Override
  public void restoreRetained(StoredForward forward) {
    requireNew();
    var layout = engine.pageLayout();
    requireFits(forward, layout.listing());
    int[][] positions = RetainedForward.positions(forward, size.positions());
    try (var plain = RetainedForward.plain(forward, layout)) {
      engine.transfer().restore(memory.start(), plain);
      opening = Optional.of(engine.transfer().hidden(plain));
    }
    memory.filledRetained(positions);
    restored = true;
  }

  @Override
  public void copySpan(int fromSlot, int count) {
    requireNew();
    if (count < 1
        || count > size.positions()
        || fromSlot < 0
        || fromSlot > engine.pool().capacity() - count) {
      throw new IllegalArgumentException(
          "%d positions from slot %d do not fit".formatted(count, fromSlot));
    }
    engine.transfer().copy(fromSlot, memory.start(), count);
    memory.filled(count);
  }

  @Override
  public StoredForward exportSpan(int from, int to) {
    if (!memory.holds(to)) {
      throw new IllegalStateException("positions " + from + " to " + to + " are not stored");
    }
    return engine.transfer().span(memory.start() + from, to - from);
  }

  @Override
  public void restoreSpan(StoredForward span) {
    requireNew();
    if (!span.layout().equals(engine.pageLayout()) || span.positions() > size.positions()) {
      throw new IllegalArgumentException("the span is of another model or canvas");
    }
    engine.transfer().restore(memory.start(), span);
    memory.filled(span.positions());
  }

  private void requireNew() {
    if (steps > 0 || opening.isPresent()) {
      throw new IllegalStateException("only a new state can be restored");
    }
  }

  private void requireFits(StoredForward forward, PageLayout layout) {
    if (!forward.layout().equals(layout)
        || forward.positions() > size.positions()
        || forward.predictions().capacity() != layout.predictionBytes(size.generation())) {
      throw new IllegalArgumentException("the forward is of another model or canvas");
    }
  }

  @Override
  public void watch(int positions, int... depths) {
    if (steps > 0) {
      throw new IllegalStateException("only a new state can be watched");
    }
    watched = positions;
    layers = depths.clone();
    memory.watch(positions, depths);
  }

  @Override
  public StoredForward exportPrefix(int positions, int depth) {
    boolean all = depth == engine.pageLayout().layers();
    int index = Arrays.binarySearch(layers, depth);
    if (steps != 1 || approximate || !(all || (index >= 0 && positions <= watched))) {
      throw new IllegalStateException("the first forward's prefix is not there to be exported");
    }
    if (all) {
      return engine.transfer().below(depth, memory.start(), positions, Optional.empty());
    }
    try (var call = engine.program().call("rows_of");
        var hidden = call.value(memory.told().get(index)).number(0).number(positions).run()) {
      return engine.transfer().below(depth, memory.start(), positions, Optional.of(hidden));
    }
  }

  @Override
  public void lend(StoredForward prefix) {
    if (steps > 0 || opening.isPresent() || lent.isPresent()) {
      throw new IllegalStateException("only a new state can go on from another's");
    }
    var layout = engine.pageLayout();
    int depth = prefix.layout().layers();
    boolean joins = depth < layout.layers();
    if (!prefix.layout().equals(layout.below(depth))
        || depth > layout.layers()
        || prefix.positions() > size.prompt() - shift()
        || prefix.predictions().capacity()
            != (joins ? layout.predictionBytes(prefix.positions()) : 0)) {
      throw new IllegalArgumentException("the prefix is of another model or canvas");
    }
    engine.transfer().restore(memory.start(), prefix);
    var hidden = joins ? Optional.of(engine.transfer().hidden(prefix)) : Optional.<IValue>empty();
    lent = Optional.of(new Prefix(prefix.positions(), depth, hidden));
    approximate = true;
    memory.lend(lent.orElseThrow());
  }

  private void forgetLent() {
    lent.flatMap(Prefix::hidden).ifPresent(IValue::close);
    lent = Optional.empty();
    memory.forgetLent();
  }

  /** Frees what the request holds beside the pool. */
  @Override
  public void close() {
    forgetOpening();
    forgetLent();
    memory.close();
    past.close();
    release.run();
  }

  private void forgetOpening() {
    opening.ifPresent(IValue::close);
    opening = Optional.empty();
  }
}
