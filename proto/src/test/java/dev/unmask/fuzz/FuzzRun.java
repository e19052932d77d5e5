package dev.unmask.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * One target, attacked for a while in a process of its own: a hang, a heap that overflows or an end
 * of the JVM then ends no test run.
 *
 * @param target has {@code public static void fuzzerTestOneInput(byte[])}, which throws on a
 *     finding
 * @param time of the attack, after the committed corpus has been run once
 * @param seed of what is made up; 0: another one each time
 */
record FuzzRun(Class<?> target, Duration time, long seed) {
  /** Where the modules keep inputs: a folder a target, seeds and what once was found. */
  private static final Path CORPORA = Path.of("src", "test", "fuzz");

  private static final Path WORK = Path.of("target", "fuzz");

  /** One input that takes longer is a hang, on a machine that has other work, too. */
  private static final int INPUT_SECONDS = 60;

  /** Generated code is the transport's; counting its branches only takes time. */
  private static final String GENERATED =
      String.join(
          ":",
          "dev.unmask.type.v1.**",
          "dev.unmask.generation.v1.**",
          "dev.unmask.decoder.v1.**",
          "dev.unmask.pagecache.v1.**");

  /** A target's own heap: what an input makes it hold beyond is a finding. */
  private static final String HEAP = "-Xmx384m";

  /** Beyond the heap: coverage maps, code, native libraries. */
  private static final int RESIDENT_MIB = 3072;

  private static final int INPUT_BYTES = 16 << 10;

  /** Above what a busy machine needs to start a JVM, instrument it and end it. */
  private static final Duration SLACK = Duration.ofMinutes(3);

  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units:\\s*(\\d+)");

  /**
   * What came of it.
   *
   * @param clean whether nothing was found
   * @param executions inputs that were run
   * @param output of the process
   */
  record Outcome(boolean clean, long executions, String output) {}

  Outcome run() throws IOException, InterruptedException {
    var work = Files.createDirectories(WORK.resolve(target.getSimpleName()));
    var found = Files.createDirectories(work.resolve("corpus"));
    var log = work.resolve("log");
    var process =
        new ProcessBuilder(command(work, found))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    boolean ended = process.waitFor(time.plus(SLACK).toSeconds(), TimeUnit.SECONDS);
    process.destroyForcibly();
    var output = Files.readString(log);
    return new Outcome(ended && process.exitValue() == 0, executions(output), output);
  }

  /** Committed inputs. */
  int seeds() {
    return Optional.ofNullable(corpus().toFile().list()).orElseThrow().length;
  }

  private Path corpus() {
    return CORPORA.resolve(target.getSimpleName());
  }

  private List<String> command(Path work, Path found) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("..", "jvm.flags"));
    command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-XX:TieredStopAtLevel=1", HEAP));
    command.add("-Djava.io.tmpdir=" + work.toAbsolutePath());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--instrumentation_includes=dev.unmask.**");
    command.add("--instrumentation_excludes=" + GENERATED);
    // Libraries are taken as they are: rewriting them would take most of the time.
    command.add("--custom_hook_includes=dev.unmask.**");
    command.add("--reproducer_path=" + work);
    command.add("-max_total_time=" + time.toSeconds());
    command.add("-seed=" + seed);
    command.add("-timeout=" + INPUT_SECONDS);
    command.add("-rss_limit_mb=" + RESIDENT_MIB);
    command.add("-max_len=" + INPUT_BYTES);
    command.add("-artifact_prefix=" + work + "/");
    command.add("-print_final_stats=1");
    command.add(found.toString());
    command.add(corpus().toString());
    return command;
  }

  private static long executions(String output) {
    var stat = EXECUTIONS.matcher(output);
    return stat.find() ? Long.parseLong(stat.group(1)) : 0;
  }
}
