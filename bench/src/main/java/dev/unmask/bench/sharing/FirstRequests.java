package dev.unmask.bench.sharing;

import com.google.protobuf.util.Durations;
import dev.unmask.type.v1.Usage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * How often a prompt is computed that 16 requests bring for the first time at once, to two workers:
 * gateway, workers and cache-service as processes.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, prompts. Exit status 1 unless each
 * prompt was computed exactly once.
 */
public final class FirstRequests {
  private static final int REQUESTS = 16;
  private static final int LEAST_TOKENS = 800;
  private static final int MOST_TOKENS = 1000;

  private FirstRequests() {}

  /** Runs and prints a row a prompt. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    boolean once = true;
    try (var services = Services.start(models, Path.of(arguments[1]), 2, true)) {
      System.out.println(
          "| prompt tokens | requests | first forwards computed | rows computed | last answer (ms) |");
      System.out.println("|---|---|---|---|---|");
      var prompts = services.prompts(models, LEAST_TOKENS, MOST_TOKENS);
      for (var prompt : prompts.subList(0, Integer.parseInt(arguments[2]))) {
        var usages = together(services, prompt);
        long computed = usages.stream().filter(usage -> usage.getPagesHit() == 0).count();
        once &= computed == 1;
        System.out.printf(
            "| %d | %d | %d | %d | %.0f |%n",
            prompt.tokens(),
            REQUESTS,
            computed,
            usages.stream().mapToLong(Usage::getRowsComputed).sum(),
            usages.stream().mapToDouble(FirstRequests::millis).max().orElseThrow());
      }
    }
    System.exit(once ? 0 : 1);
  }

  private static List<Usage> together(Services services, Services.Sized prompt)
      throws InterruptedException, ExecutionException {
    var usages = new ArrayList<Usage>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls =
          IntStream.range(0, REQUESTS)
              .<Callable<Usage>>mapToObj(
                  number -> () -> services.ask("worker-" + (1 + number % 2), prompt.prompt()))
              .toList();
      for (var answer : threads.invokeAll(calls)) {
        usages.add(answer.get());
      }
    }
    return usages;
  }

  private static double millis(Usage usage) {
    return Durations.toNanos(usage.getDuration()) / 1e6;
  }
}
