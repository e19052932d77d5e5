package dev.unmask.bench.simulation;

import dev.unmask.worker.engine.KvPool;
import dev.unmask.worker.engine.ModelEngine;
import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.Turn;
import dev.unmask.worker.engine.TurnOutcome;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.method.Method;
import java.util.List;

/** An engine that takes a little memory for each request and keeps it. */
final class LeakingEngine implements ModelEngine {
  private final ModelEngine engine;

  LeakingEngine(ModelEngine engine) {
    this.engine = engine;
  }

  @Override
  public List<TurnOutcome> run(List<Turn> turns) {
    return engine.run(turns);
  }

  @Override
  public KvPool pool() {
    return engine.pool();
  }

  @Override
  public int positions(int promptLength, Method method) {
    return engine.positions(promptLength, method);
  }

  @Override
  public RequestState open(KvPool.Run run, int promptLength, Method method) {
    var _ = engine.pool().take(1);
    return engine.open(run, promptLength, method);
  }

  @Override
  public RequestState open(int promptLength, Method method) {
    return engine.open(promptLength, method);
  }

  @Override
  public PageLayout pageLayout() {
    return engine.pageLayout();
  }

  @Override
  public HostMemory hostMemory(long size) {
    return engine.hostMemory(size);
  }

  @Override
  public void close() {
    engine.close();
  }
}
