package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.size.Placing;
import dev.unmask.bench.simulation.size.Sizes;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Prints what changes with the size of a fleet. {@code bench/run simulation.FleetSize [WORKERS …]}.
 */
public final class FleetSize {
  private static final int[] WORKERS = {10, 100, 1000};
  private static final int[] CACHES = {3, 10, 30, 100};

  private FleetSize() {}

  /** Runs it for numbers of workers; 10, 100 and 1,000 if none are given. */
  public static void main(String[] arguments) {
    System.setProperty("logback.configurationFile", "logback-simulation.xml");
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int[] workers = WORKERS;
    if (arguments.length > 0) {
      workers = new int[arguments.length];
      for (int i = 0; i < workers.length; i++) {
        workers[i] = Integer.parseInt(arguments[i]);
      }
    }
    Sizes.print(workers, out);
    out.println();
    Placing.print(CACHES, out);
  }
}
