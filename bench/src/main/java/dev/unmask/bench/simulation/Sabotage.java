package dev.unmask.bench.simulation;

import dev.unmask.cache.store.PageStore;
import dev.unmask.worker.engine.ModelEngine;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What of the fleet is replaced by something broken, to see that the simulation finds it.
 *
 * @param store of each cache-service
 * @param engine of each worker
 * @param calls of each worker
 */
public record Sabotage(
    UnaryOperator<PageStore> store,
    UnaryOperator<ModelEngine> engine,
    List<ServerInterceptor> calls) {
  /** Nothing. */
  public static final Sabotage NONE =
      new Sabotage(UnaryOperator.identity(), UnaryOperator.identity(), List.of());

  public Sabotage {
    calls = List.copyOf(calls);
  }

  /** A broken store. */
  public static Sabotage ofStore(UnaryOperator<PageStore> store) {
    return new Sabotage(store, UnaryOperator.identity(), List.of());
  }

  /** A broken engine. */
  public static Sabotage ofEngine(UnaryOperator<ModelEngine> engine) {
    return new Sabotage(UnaryOperator.identity(), engine, List.of());
  }

  /** Broken calls. */
  public static Sabotage ofCalls(ServerInterceptor calls) {
    return new Sabotage(UnaryOperator.identity(), UnaryOperator.identity(), List.of(calls));
  }
}
