package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What the slots of one canvas hold, and so what a step may attend to. Turns a step into its part
 * of a forward; planning the same step again, after a forward that failed, gives the same part. For
 * the engine's thread only.
 */
public final class CanvasMemory implements AutoCloseable {
  private final TorchProgram program;
  private final CanvasSize size;
  private final Room room;
  private final int maskToken;
  private final BitSet stored = new BitSet();
  private boolean outputsStored;
  private Optional<Kept> retained = Optional.empty();
  private Optional<IValue> chosen = Optional.empty();
  private int[][] listed = {};
  private Optional<Prefix> lent = Optional.empty();
  private Optional<Part.Told> telling = Optional.empty();
  private List<IValue> told = List.of();

  /** Slots of what was retained. */
  private record Kept(int start, int count) {}

  /**
   * Nothing stored yet.
   *
   * @param maskToken of which a shadow is made
   */
  public CanvasMemory(TorchProgram program, CanvasSize size, Room room, int maskToken) {
    this.program = program;
    this.size = size;
    this.room = room;
    this.maskToken = maskToken;
  }

  /**
   * A step as part of a forward.
   *
   * @param wanted indices into its rows; rows of a shadow follow those of the canvas
   * @throws IllegalArgumentException if a row would attend to what is neither computed nor stored
   */
  Part plan(Step step, int[] wanted) {
    forgetChosen();
    return switch (step.mechanism()) {
      case Mechanism.Fresh _ -> fresh(step, wanted);
      case Mechanism.Overwrite(boolean rollout) -> overwrite(step, wanted, rollout);
      case Mechanism.BlockCausal causal -> causal(step, wanted, causal);
      case Mechanism.LayerRefresh refresh -> layers(step, wanted, refresh);
      case Mechanism.Retain retain -> retain(step, wanted, retain);
      case Mechanism.Retained _ -> retained(step, wanted);
      case Mechanism.Shadow shadow -> shadow(step, wanted, shadow);
    };
  }

  private Part fresh(Step step, int[] wanted) {
    requireAll(step);
    drop();
    return whole(step, wanted);
  }

  /** A part of which others may have computed some rows, and may take some. */
  private Part whole(Step step, int[] wanted) {
    var input = input(step.rows(), step.tokens());
    var segment = plain(step.rows().length);
    var part =
        lent.filter(_ -> step.rows().length == size.positions())
            .map(prefix -> prefix.part(input, wanted, segment))
            .orElseGet(() -> new Part.Shared(input, wanted, List.of(segment)));
    return telling.map(part::telling).orElse(part);
  }

  private Part overwrite(Step step, int[] wanted, boolean rollout) {
    requireKeys(step, size.positions());
    retained = Optional.empty();
    store(step);
    if (!rollout) {
      return whole(step, wanted);
    }
    int padding = size.padding();
    var segment =
        new Segment(
            Segment.Kind.ROLLOUT,
            0,
            step.rows().length,
            room.start() + padding,
            size.positions() - padding,
            padding);
    return part(step, wanted, segment);
  }

  /** A segment a block: all of them begin at the canvas's first key. */
  private Part causal(Step step, int[] wanted, Mechanism.BlockCausal causal) {
    int[] rows = step.rows();
    int length = size.positions();
    requireKeys(step, causal.end(rows[rows.length - 1], length));
    retained = Optional.empty();
    store(step);
    var segments = new ArrayList<Segment>();
    for (int first = 0; first < rows.length; ) {
      int end = causal.end(rows[first], length);
      int next = first;
      while (next < rows.length && rows[next] < end) {
        next++;
      }
      segments.add(new Segment(Segment.Kind.PLAIN, first, next - first, room.start(), end));
      first = next;
    }
    return new Part.Shared(input(rows, step.tokens()), wanted, segments);
  }

  private Part layers(Step step, int[] wanted, Mechanism.LayerRefresh refresh) {
    requireAll(step);
    boolean everything = refresh.prompt() && refresh.response();
    require(everything || outputsStored, "a layer's outputs are not stored");
    require(room.outputs() > 0, "there is no room for the layers' outputs");
    retained = Optional.empty();
    stored.set(0, size.positions());
    outputsStored = true;
    return new Part.Layered(
        input(step.rows(), step.tokens()),
        wanted,
        refresh.promptLength(),
        refresh.prompt(),
        refresh.response(),
        refresh.moved().orElse(-1),
        room.start(),
        room.outputsStart());
  }

  private Part retain(Step step, int[] wanted, Mechanism.Retain retain) {
    int first = Arrays.binarySearch(step.rows(), retain.start());
    require(first >= 0, "the span that retains is not computed");
    if (retain.beside()) {
      requireKeys(step, size.positions());
      store(step);
    } else {
      requireAll(step);
      drop();
    }
    int there = room.start() + (retain.beside() ? size.positions() : 0);
    retained = Optional.of(new Kept(there, retain.kept()));
    var segment =
        new Segment(
            Segment.Kind.RETAIN,
            0,
            step.rows().length,
            room.start(),
            size.positions(),
            retain.start(),
            retain.end(),
            retain.kept(),
            retain.kernel(),
            first,
            there);
    return part(step, wanted, segment);
  }

  private Part retained(Step step, int[] wanted) {
    var kept = retained.orElseThrow(() -> new IllegalArgumentException("nothing was retained"));
    int count = step.rows().length;
    int slot = kept.start() + kept.count();
    require(slot + count <= room.outputsStart(), "there is no room beside what was retained");
    var segment = new Segment(Segment.Kind.PLAIN, 0, count, kept.start(), kept.count() + count);
    var input = new Part.Input(step.tokens(), size.angles(step.rows()), Rows.range(slot, count));
    return new Part.Shared(input, wanted, List.of(segment));
  }

  private Part shadow(Step step, int[] wanted, Mechanism.Shadow shadow) {
    requireAll(step);
    drop();
    int canvas = size.positions();
    int count = shadow.end() - shadow.start();
    require(count <= room.beside(), "there is no room for a shadow of " + count);
    int[] masks = IntStream.generate(() -> maskToken).limit(count).toArray();
    int[] positions = Rows.concat(step.rows(), Rows.range(shadow.start(), count));
    var input =
        new Part.Input(
            Rows.concat(step.tokens(), masks),
            size.angles(positions),
            Rows.range(room.start(), canvas + count));
    var own =
        new Segment(
            Segment.Kind.SHADOW, canvas, count, room.start(), canvas + count, shadow.start());
    return new Part.Shared(input, wanted, List.of(plain(canvas), own));
  }

  private Segment plain(int rows) {
    return new Segment(Segment.Kind.PLAIN, 0, rows, room.start(), size.positions());
  }

  private Part part(Step step, int[] wanted, Segment segment) {
    return new Part.Shared(input(step.rows(), step.tokens()), wanted, List.of(segment));
  }

  private Part.Input input(int[] positions, int[] tokens) {
    int[] slots = IntStream.of(positions).map(row -> room.start() + row).toArray();
    return new Part.Input(tokens, size.angles(positions), slots);
  }

  private void store(Step step) {
    for (int row : step.rows()) {
      stored.set(row);
    }
  }

  /** All slots are about to hold what only this step attends to. */
  private void drop() {
    stored.clear();
    retained = Optional.empty();
  }

  /** Design invariant I4: every attended key is fresh or stored, never a hole. */
  private void requireKeys(Step step, int end) {
    var keys = (BitSet) stored.clone();
    for (int row : step.rows()) {
      keys.set(row);
    }
    require(
        keys.nextClearBit(0) >= end,
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

  /** First slot of the canvas. */
  public int start() {
    return room.start();
  }

  /** Tells that keys and values from 0 were filled from elsewhere. */
  public void filled(int count) {
    stored.set(0, count);
  }

  /** Tells that what a step would have retained of the canvas was filled from elsewhere. */
  public void filledRetained(int[][] positionsByLayer) {
    int kept = positionsByLayer.length == 0 ? 0 : positionsByLayer[0].length;
    retained = Optional.of(new Kept(room.start(), kept));
    listed = positionsByLayer.clone();
  }

  /** How many keys a layer retained, of a canvas that was dropped; empty if none did. */
  public OptionalInt retained() {
    return retained.stream()
        .filter(kept -> kept.start() == room.start())
        .mapToInt(Kept::count)
        .findAny();
  }

  /** Whether all positions from 0 up to a count are stored. */
  public boolean holds(int count) {
    return stored.nextClearBit(0) >= count;
  }

  /** Has the next refresh go on from what another canvas has computed. */
  public void lend(Prefix prefix) {
    lent = Optional.of(prefix);
  }

  /**
   * Has the next steps tell hidden states.
   *
   * @param rows how many leading ones of a step
   * @param layers that they enter, rising
   */
  public void watch(int rows, int... layers) {
    telling = Optional.of(new Part.Told(rows, layers.clone()));
  }

  /** Computes all rows of later refreshes. */
  public void forgetLent() {
    lent = Optional.empty();
  }

  /** Tells no hidden states any more, and gives up those told. */
  public void forgetTold() {
    telling = Optional.empty();
    tell(List.of());
  }

  /** Hidden states of the watched layers, in their order, as the last step told them. */
  public List<IValue> told() {
    return told;
  }

  /** Takes the hidden states that a forward told. */
  void tell(List<IValue> states) {
    told.forEach(IValue::close);
    told = List.copyOf(states);
  }

  /** Takes the positions each layer chose in the last step. */
  void choose(IValue positionsByLayer) {
    forgetChosen();
    chosen = Optional.of(positionsByLayer);
  }

  private void forgetChosen() {
    chosen.ifPresent(IValue::close);
    chosen = Optional.empty();
    listed = new int[0][];
  }

  /** Positions each layer chose in the last step; empty when it had no choice. */
  public int[][] chosen() {
    return chosen.map(program::positions).orElseGet(listed::clone);
  }

  @Override
  public void close() {
    forgetChosen();
    forgetTold();
  }
}
