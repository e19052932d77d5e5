package dev.unmask.bench.simulation.model;

import dev.unmask.worker.engine.Cost;
import dev.unmask.worker.engine.SharedState;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A scripted model with the keys of one request: what the engine's mechanisms store, drop and
 * attend to, and nothing of how. Checks that no row attends to a hole (I4), that what became a
 * token was a row of a step (I3), and that no token changes (I1).
 */
final class ScriptedState implements SharedState {
  private final Script script;
  private final ModelTraits traits;
  private final Slots canvas;
  private final Runnable release;
  private final Witness witness;
  private Optional<long[]> opening = Optional.empty();
  private Optional<Map<Integer, Long>> retained = Optional.empty();
  private boolean beside;
  private boolean restored;
  private boolean layered;
  private int steps;

  ScriptedState(Script script, ModelTraits traits, Slots canvas, Runnable release) {
    this.script = script;
    this.traits = traits;
    this.canvas = canvas;
    this.release = release;
    witness = new Witness(traits.maskToken(), canvas.positions());
  }

  @Override
  public Predictions step(Step step) {
    boolean revokes = step.mechanism() instanceof Mechanism.Shadow;
    witness.saw(step, traits.predictionShift(), revokes);
    if (steps > 0) {
      opening = Optional.empty();
    }
    long[] attended = restored ? opened(step) : compute(step);
    if (steps == 0 && !restored && full(step)) {
      opening = Optional.of(predicting(attended, step));
    }
    int rows = restored ? 0 : step.rows().length;
    restored = false;
    steps++;
    return script.predict(step, attended, traits.predictionShift(), canvas.positions(), rows);
  }

  private boolean full(Step step) {
    return step.rows().length == canvas.positions();
  }

  /** What each scored row attends to, taken from a stored forward. */
  private long[] opened(Step step) {
    long[] told = opening.orElseThrow();
    return Arrays.stream(step.scored())
        .mapToLong(row -> told[row + traits.predictionShift() - canvas.prompt()])
        .toArray();
  }

  /** The same for all rows that predict: in a refresh they all see the same. */
  private long[] predicting(long[] attended, Step step) {
    long[] all = new long[canvas.generation()];
    long same = attended.length > 0 ? attended[0] : canvas.attended(script, step.rows().length);
    Arrays.fill(all, same);
    return all;
  }

  private long[] compute(Step step) {
    return switch (step.mechanism()) {
      case Mechanism.Fresh _ -> all(step, fresh(step));
      case Mechanism.Shadow _ -> all(step, fresh(step));
      case Mechanism.Overwrite _ -> {
        store(step);
        yield all(step, canvas.attended(script, canvas.positions()));
      }
      case Mechanism.BlockCausal causal -> causal(step, causal);
      case Mechanism.LayerRefresh refresh -> all(step, layers(step, refresh));
      case Mechanism.Retain retain -> all(step, retain(step, retain));
      case Mechanism.Retained _ -> all(step, kept(step));
    };
  }

  private static long[] all(Step step, long attended) {
    long[] same = new long[step.scored().length];
    Arrays.fill(same, attended);
    return same;
  }

  private void store(Step step) {
    for (int i = 0; i < step.rows().length; i++) {
      canvas.put(step.rows()[i], script.key(step.rows()[i], step.tokens()[i]));
    }
  }

  /** All rows, of which nothing stays. */
  private long fresh(Step step) {
    canvas.drop();
    retained = Optional.empty();
    store(step);
    long attended = canvas.attended(script, canvas.positions());
    canvas.drop();
    return attended;
  }

  private long[] causal(Step step, Mechanism.BlockCausal causal) {
    store(step);
    return Arrays.stream(step.scored())
        .mapToLong(row -> canvas.attended(script, causal.end(row, canvas.positions())))
        .toArray();
  }

  private long layers(Step step, Mechanism.LayerRefresh refresh) {
    if (!full(step) || !(layered || (refresh.prompt() && refresh.response()))) {
      throw new BrokenInvariant("I4", "a layer's outputs are not stored");
    }
    layered = true;
    int moved = refresh.moved().orElse(0);
    for (int position = 0; position < step.rows().length; position++) {
      long key = script.key(position, step.tokens()[position]);
      boolean prompt = position < refresh.promptLength();
      boolean computed = prompt ? refresh.prompt() : refresh.response();
      if (computed) {
        canvas.put(position, key);
      } else if (!prompt && moved > 0 && canvas.get(position) != key) {
        moved--;
        canvas.put(position, key);
      }
    }
    return canvas.attended(script, canvas.positions());
  }

  private long retain(Step step, Mechanism.Retain retain) {
    if (!retain.beside()) {
      canvas.drop();
    }
    store(step);
    long attended = canvas.attended(script, canvas.positions());
    var kept = new TreeMap<Integer, Long>();
    for (int i = 0; kept.size() < retain.kept() && i < canvas.positions(); i++) {
      // Every other one first, so that what is kept is no run.
      int position = 2 * i < canvas.positions() ? 2 * i : 2 * (i - canvas.positions() / 2) - 1;
      if (position >= 0
          && position < canvas.positions()
          && (position < retain.start() || position >= retain.end())) {
        kept.put(position, canvas.get(position));
      }
    }
    retained = Optional.of(kept);
    beside = retain.beside();
    if (!beside) {
      canvas.drop();
    }
    return attended;
  }

  private long kept(Step step) {
    var kept = retained.orElseThrow(() -> new BrokenInvariant("I4", "nothing was retained"));
    long sum =
        kept.entrySet().stream().mapToLong(one -> script.share(one.getKey(), one.getValue())).sum();
    for (int i = 0; i < step.rows().length; i++) {
      int row = step.rows()[i];
      sum += script.share(row, script.key(row, step.tokens()[i]));
    }
    return sum;
  }

  @Override
  public Cost cost(Step step) {
    int rows = step.rows().length;
    boolean refresh =
        step.mechanism() instanceof Mechanism.BlockCausal(int block)
            ? rows > 2 * block
            : full(step);
    return new Cost(restored ? 0 : rows, canvas.positions(), step.scored().length, refresh);
  }

  @Override
  public StoredForward export(int positions) {
    require(steps == 1 && opening.isPresent() && canvas.holds(positions));
    return PagesOfKeys.write(canvas, 0, positions, opening.orElseThrow());
  }

  @Override
  public void restore(StoredForward forward) {
    require(steps == 0 && opening.isEmpty());
    PagesOfKeys.read(forward, canvas);
    opening = Optional.of(PagesOfKeys.predictions(forward, canvas.generation()));
    restored = true;
  }

  @Override
  public StoredForward exportRetained() {
    require(steps == 1 && opening.isPresent() && retained.isPresent() && !beside);
    return PagesOfKeys.list(retained.orElseThrow(), opening.orElseThrow());
  }

  @Override
  public void restoreRetained(StoredForward forward) {
    require(steps == 0 && opening.isEmpty());
    retained = Optional.of(PagesOfKeys.listed(forward));
    opening = Optional.of(PagesOfKeys.predictions(forward, canvas.generation()));
    restored = true;
  }

  @Override
  public void copySpan(int fromSlot, int count) {
    require(steps == 0 && opening.isEmpty());
    canvas.copy(fromSlot, count);
  }

  @Override
  public StoredForward exportSpan(int from, int to) {
    require(canvas.holds(to));
    return PagesOfKeys.write(canvas, from, to - from, new long[0]);
  }

  @Override
  public void restoreSpan(StoredForward span) {
    require(steps == 0 && opening.isEmpty());
    PagesOfKeys.read(span, canvas);
  }

  @Override
  public void watch(int positions, int... depths) {
    // Lower layers alone are never asked for here.
  }

  @Override
  public StoredForward exportPrefix(int positions, int depth) {
    throw new UnsupportedOperationException("a script has no lower layers");
  }

  @Override
  public void lend(StoredForward prefix) {
    throw new UnsupportedOperationException("a script has no lower layers");
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("it is too early or too late for that");
    }
  }

  @Override
  public void close() {
    release.run();
  }
}
