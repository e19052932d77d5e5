package dev.unmask.bench.speed;

import dev.unmask.bench.speed.StepBenchmark.Shape;
import java.io.IOException;
import java.util.Arrays;

/**
 * The engine's step over the same arithmetic as bare tensor calls, pair by pair: the two take
 * turns, so that a machine whose speed drifts drifts under both. Takes no arguments.
 */
public final class StepRatio {
  private static final int WARM_UP = 20;
  private static final int PAIRS = 100;

  private StepRatio() {}

  /** Prints a row a shape. */
  public static void main(String[] arguments) throws IOException {
    System.out.println(
        "| shape | engine, ms | bare tensor calls, ms | ratio, median | quartiles |");
    System.out.println("|---|---|---|---|---|");
    for (var shape : Shape.values()) {
      var steps = new StepBenchmark();
      steps.shape = shape;
      steps.open();
      print(shape, steps);
      steps.close();
    }
  }

  private static void print(Shape shape, StepBenchmark steps) {
    for (int i = 0; i < WARM_UP; i++) {
      steps.engine();
      steps.bareTensorCalls();
    }
    double[] engine = new double[PAIRS];
    double[] bare = new double[PAIRS];
    double[] ratio = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      engine[i] = millis(steps::engine);
      bare[i] = millis(steps::bareTensorCalls);
      ratio[i] = engine[i] / bare[i];
    }
    System.out.printf(
        "| %s | %.1f | %.1f | %.2f | %.2f to %.2f |%n",
        shape,
        quantile(engine, 0.5),
        quantile(bare, 0.5),
        quantile(ratio, 0.5),
        quantile(ratio, 0.25),
        quantile(ratio, 0.75));
  }

  private static double millis(Runnable step) {
    long start = System.nanoTime();
    step.run();
    return (System.nanoTime() - start) / 1e6;
  }

  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (share * (sorted.length - 1))];
  }
}
