package dev.unmask.worker.engine;

import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.engine.host.PageLayout;
import dev.unmask.worker.method.Method;
import java.util.List;

/**
 * A model that is ready to compute, with the memory for the keys and values of all requests: what
 * serving needs of a device. The engine and all its states are used by one thread at a time; the
 * pool and {@link #hostMemory} by any.
 */
public interface ModelEngine extends AutoCloseable {
  /**
   * Makes one step of each of several requests, in one forward where their plans allow.
   *
   * @param turns of different requests, all of this engine
   * @return what became of each, in their order
   */
  List<TurnOutcome> run(List<Turn> turns);

  /** The device's memory for keys and values. */
  KvPool pool();

  /** Positions of the pool that a request can need, whatever its steps do. */
  int positions(int promptLength, Method method);

  /**
   * Opens the state of one request in a run of the pool; the caller closes it, then gives the run
   * back.
   *
   * @param run of at least {@link #positions} positions
   * @param promptLength positions of the prompt; at least the model's prediction shift
   * @throws IllegalArgumentException if prompt and generation exceed the context, or the run is too
   *     short
   */
  RequestState open(KvPool.Run run, int promptLength, Method method);

  /**
   * Opens the state of one request in a run that it takes and, when it is closed, gives back.
   *
   * @throws IllegalArgumentException if prompt and generation exceed the context or what is free of
   *     the pool
   */
  RequestState open(int promptLength, Method method);

  /** Shape of the pages. */
  PageLayout pageLayout();

  /** Host memory that is best for pages; the caller closes it before the engine. */
  HostMemory hostMemory(long size);

  /** Frees what was taken; states must be closed before. */
  @Override
  void close();
}
