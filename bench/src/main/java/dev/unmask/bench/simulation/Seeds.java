package dev.unmask.bench.simulation;

import dev.unmask.bench.simulation.time.Chronicle;
import dev.unmask.worker.text.TextTokenizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

/**
 * Runs seeds and prints those that broke something; one seed alone is told with all that happens.
 * {@code bench/run simulation.Seeds FIRST [COUNT]}.
 */
public final class Seeds {
  private static final int THREADS = 2;
  private static final Path MODEL = Path.of("models/unmask-mini-llada");

  private Seeds() {}

  /** Runs {@code FIRST} and, if given, {@code COUNT} seeds from it on. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    System.setProperty("logback.configurationFile", "logback-simulation.xml");
    long first = Long.parseLong(arguments[0]);
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    try (var tokenizer = TextTokenizer.open(MODEL)) {
      if (arguments.length < 2) {
        var verdict = Simulation.run(first, Chronicle.told(out::println), Sabotage.NONE, tokenizer);
        out.println(verdict);
      } else {
        run(first, Long.parseLong(arguments[1]), tokenizer).forEach(out::println);
      }
    }
    out.flush();
  }

  private static List<Verdict> run(long first, long count, TextTokenizer tokenizer)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    var all = run(LongStream.range(first, first + count), Sabotage.NONE, tokenizer);
    var sums = all.stream().map(Verdict::counts).reduce(Verdict.Counts.NONE, Verdict.Counts::plus);
    var broken = new ArrayList<>(all.stream().filter(v -> !v.broken().isEmpty()).toList());
    broken.add(
        new Verdict(
            count,
            List.of(
                "%d seeds, %d of them broken, in %.1f s"
                    .formatted(count, broken.size(), (System.nanoTime() - start) / 1e9)),
            0,
            sums));
    return broken;
  }

  /** Runs seeds, on two threads. */
  static List<Verdict> run(LongStream seeds, Sabotage sabotage, TextTokenizer tokenizer)
      throws InterruptedException, ExecutionException {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var running =
          seeds
              .mapToObj(seed ->
                  threads.submit(
                      () -> Simulation.run(seed, Chronicle.silent(), sabotage, tokenizer)))
              .toList();
      var verdicts = new ArrayList<Verdict>();
      for (var one : running) {
        verdicts.add(one.get());
      }
      return verdicts;
    }
  }
}
