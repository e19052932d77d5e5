package dev.unmask.bench.simulation.model;

import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import java.util.List;
import java.util.function.Consumer;

/**
 * A device that runs a {@link Script}. Its memory for keys and values is one array that all
 * requests' runs lie in, as on a GPU: what one request writes into another's run changes the
 * other's answer.
 */
public final class ScriptedEngine implements ModelEngine {
  /** Keys and values of two layers; a key is as wide as a {@code long}. */
  public static final PageLayout LAYOUT = new PageLayout(ComputeType.FLOAT32, 2, 1, 2, 2);

  private final Script script;
  private final ModelTraits traits;
  private final KvPool pool;
  private final long[] memory;
  private final Consumer<List<Turn>> forwards;
  private final Consumer<Throwable> witness;

  /**
   * A device.
   *
   * @param positions of its memory
   * @param forwards makes virtual time pass for a forward; what it throws is the forward's failure
   * @param witness hears of broken invariants
   */
  public ScriptedEngine(
      Script script,
      ModelTraits traits,
      int positions,
      Consumer<List<Turn>> forwards,
      Consumer<Throwable> witness) {
    this.script = script;
    this.traits = traits;
    this.forwards = forwards;
    this.witness = witness;
    pool = new KvPool(positions);
    memory = new long[pool.capacity()];
  }

  @Override
  public List<TurnOutcome> run(List<Turn> turns) {
    forwards.accept(turns);
    return turns.stream().map(this::outcome).toList();
  }

  private TurnOutcome outcome(Turn turn) {
    try {
      return new TurnOutcome.Predicted(turn.state().step(turn.step()));
    } catch (BrokenInvariant e) {
      witness.accept(e);
      return new TurnOutcome.Failed(new IllegalStateException(e));
    } catch (RuntimeException e) {
      witness.accept(e);
      return new TurnOutcome.Failed(e);
    }
  }

  @Override
  public KvPool pool() {
    return pool;
  }

  @Override
  public int positions(int promptLength, Method method) {
    int canvas = promptLength + method.generationLength();
    return method.cache() instanceof SparseDllm ? 2 * canvas : canvas;
  }

  @Override
  public RequestState open(KvPool.Run run, int promptLength, Method method) {
    return open(run, promptLength, method, () -> {});
  }

  @Override
  public RequestState open(int promptLength, Method method) {
    var run =
        pool.take(positions(promptLength, method))
            .orElseThrow(() -> new IllegalArgumentException("the pool is full"));
    return open(run, promptLength, method, () -> pool.give(run));
  }

  private RequestState open(KvPool.Run run, int promptLength, Method method, Runnable release) {
    var canvas = new Slots(memory, run.start(), promptLength, method.generationLength());
    return new ScriptedState(script, traits, canvas, release);
  }

  /** Writes to a slot of the device as a bug would. */
  void overwrite(int slot) {
    memory[slot]++;
  }

  @Override
  public PageLayout pageLayout() {
    return LAYOUT;
  }

  @Override
  public HostMemory hostMemory(long size) {
    return HostMemory.unpinned(size);
  }

  @Override
  public void close() {
    // There is nothing to free.
  }
}
