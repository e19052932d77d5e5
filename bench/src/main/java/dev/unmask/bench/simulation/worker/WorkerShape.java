package dev.unmask.bench.simulation.worker;

import dev.unmask.worker.engine.ModelEngine;
import io.grpc.ServerInterceptor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What a worker is made of.
 *
 * @param model that it serves
 * @param slots requests at once
 * @param positions of its device's memory
 * @param forwardNanos what a forward takes beside its rows
 * @param rowNanos what a row takes
 * @param retained share of the memory that closed requests' prefixes may keep
 * @param fetches whether it fetches what is there, however long that takes
 * @param secrets of the namespaces that share
 * @param decoration of its engine; a test's, to break it
 * @param interceptors of its calls; a test's, to break them
 */
public record WorkerShape(
    ScriptedModel model,
    int slots,
    int positions,
    long forwardNanos,
    long rowNanos,
    double retained,
    boolean fetches,
    Map<String, byte[]> secrets,
    UnaryOperator<ModelEngine> decoration,
    List<ServerInterceptor> interceptors) {
  /** What requests are told whose forward failed. */
  public static final String DEVICE_FAILED = "the simulated device failed";

  public WorkerShape {
    secrets = Map.copyOf(secrets);
    interceptors = List.copyOf(interceptors);
  }
}
