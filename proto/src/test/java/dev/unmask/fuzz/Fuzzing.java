package dev.unmask.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A module's targets as tests: two are attacked at a time, each for {@code fuzz.seconds} (30) with
 * the inputs that {@code fuzz.seed} (1) leads to: a commit is judged alike whenever it is. Another
 * seed, or 0 for one of the hour, and more time look where no run has been. A target's inputs lie
 * in {@code src/test/fuzz/TARGET}; what is found, and the log, in {@code target/fuzz/TARGET}. A
 * finding that was fixed moves to the inputs, which every run begins with.
 */
public final class Fuzzing {
  private static final int AT_ONCE = 2;

  private Fuzzing() {}

  /** Begins the attacks; each test waits for its own. */
  public static Stream<DynamicTest> of(Class<?>... targets) {
    var time = Duration.ofSeconds(Long.getLong("fuzz.seconds", 30));
    long seed = Long.getLong("fuzz.seed", 1);
    var pool = Executors.newFixedThreadPool(AT_ONCE);
    var tests =
        Stream.of(targets).map(target -> test(new FuzzRun(target, time, seed), pool)).toList();
    pool.shutdown();
    return tests.stream();
  }

  private static DynamicTest test(FuzzRun run, ExecutorService pool) {
    var name = run.target().getSimpleName();
    var outcome = CompletableFuture.supplyAsync(() -> attack(run), pool);
    return DynamicTest.dynamicTest(
        name,
        () -> {
          var result = outcome.join();
          System.out.printf(
              "%s: %,d inputs in %d s, %s%n",
              name,
              result.executions(),
              run.time().toSeconds(),
              result.clean() ? "clean" : "FOUND");
          assertThat(result.clean()).as(tail(result.output())).isTrue();
          // An attack that only ran the corpus must not pass.
          assertThat(result.executions()).isGreaterThan(run.seeds());
        });
  }

  private static FuzzRun.Outcome attack(FuzzRun run) {
    try {
      return run.run();
    } catch (IOException e) {
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static String tail(String output) {
    List<String> lines = output.lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
