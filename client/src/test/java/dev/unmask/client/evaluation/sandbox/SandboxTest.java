package dev.unmask.client.evaluation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unmask.client.evaluation.sandbox.Outcome.Ending;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What both sandboxes promise, held against programs that break it. */
@ParameterizedClass
@EnumSource(Isolation.class)
class SandboxTest {
  private static final Duration SHORT = Duration.ofMillis(700);
  private static final int KILLED = 128 + 9;

  private final Isolation isolation;

  SandboxTest(Isolation isolation) {
    this.isolation = isolation;
  }

  @Test
  void run_command_givesOutputAndExitCode() throws Exception {
    var outcome = run(Shell.script("echo out; echo err >&2; exit 3"));

    assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, 3, "out\nerr\n"));
  }

  @Test
  void run_muchInput_reachesTheCommand() throws Exception {
    var job = Shell.script("wc -c | tr -d ' '").job();

    var outcome = sandbox().run(new Job(job.command(), "x".repeat(300_000), job.bounds()));

    assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, 0, "300000\n"));
  }

  @Test
  void run_inputNobodyReads_isNoFault() throws Exception {
    var job = Shell.script("echo done").job();

    var outcome = sandbox().run(new Job(job.command(), "x".repeat(300_000), job.bounds()));

    assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, 0, "done\n"));
  }

  @Test
  void run_environment_isNotOurs() throws Exception {
    var names = run(Shell.script("env | cut -d= -f1 | sort")).output().lines().toList();

    assertThat(names)
        .contains("HOME", "PATH")
        .isSubsetOf(
            "HOME",
            "LANG",
            "OLDPWD",
            "OMP_NUM_THREADS",
            "OPENBLAS_NUM_THREADS",
            "PATH",
            "PWD",
            "SHLVL",
            "TMPDIR",
            "UNMASK_SANDBOX",
            "_");
  }

  @Test
  void run_twice_givesEachAFreshFolder() throws Exception {
    var script = Shell.script("ls -A; echo mine > file; cat file; pwd");
    var sandbox = sandbox();

    var first = sandbox.run(script.job()).output().lines().toList();
    var second = sandbox.run(script.job()).output().lines().toList();

    assertThat(first).startsWith("mine").hasSize(2);
    assertThat(second).startsWith("mine").hasSize(2);
    assertThat(Path.of(first.getLast(), "file")).doesNotExist();
  }

  @Test
  void run_endlessLoop_isEndedByItsProcessorTime() throws Exception {
    var loop = Shell.script("while :; do :; done");

    var outcome = run(loop);

    assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, KILLED, outcome.output()));
    assertThat(loop.alive()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sleep 1000; :",
        "exec > /dev/null 2>&1; sleep 1000; :",
        "trap '' TERM INT HUP; while :; do sleep 1000; done",
        "setsid sh -c 'sleep 1000; :' & sleep 1000; :",
      })
  void run_sleeper_isKilledWhenItsTimeIsOver(String script) throws Exception {
    var sleeper = Shell.script(script).within(SHORT);

    var outcome = run(sleeper);

    assertThat(outcome.ending()).isEqualTo(Ending.TIMED_OUT);
    assertThat(sleeper.alive()).isEmpty();
  }

  @Test
  void run_processLeftBehind_isKilled() throws Exception {
    var daemon = Shell.script("(sleep 1000; :) > /dev/null 2>&1 & echo started");

    var outcome = run(daemon);

    assertThat(outcome).isEqualTo(new Outcome(Ending.EXITED, 0, "started\n"));
    assertThat(daemon.alive()).isEmpty();
  }

  @Test
  void run_forkBomb_isBoundedAndKilled() throws Exception {
    var bomb = Shell.script("f() { f | f & }; f; sleep 1000; :").within(SHORT);

    var outcome = run(bomb);

    assertThat(outcome.output()).containsIgnoringCase("fork");
    assertThat(bomb.alive()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x=a; while :; do x=$x$x; done; echo survived", "tail /dev/zero && echo survived"})
  void run_memoryHog_failsByItself(String script) throws Exception {
    var hog = Shell.script(script);

    var outcome = run(hog);

    assertThat(outcome.ending()).isEqualTo(Ending.EXITED);
    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).doesNotContain("survived");
    assertThat(hog.alive()).isEmpty();
  }

  @Test
  void run_largeFile_isCutOff() throws Exception {
    var hog = Shell.script("head -c 30000000 /dev/zero > file; wc -c < file | tr -d ' '");

    var lines = run(hog).output().lines().toList();

    assertThat(Long.parseLong(lines.getLast())).isBetween(1L, hog.bounds().diskBytes());
  }

  @Test
  void run_endlessOutput_isKilled() throws Exception {
    var talker = Shell.script("yes");

    var outcome = run(talker);

    assertThat(outcome.ending()).isEqualTo(Ending.TALKED_TOO_MUCH);
    assertThat(outcome.output()).hasSize(talker.bounds().outputBytes()).startsWith("y\ny\n");
    assertThat(talker.alive()).isEmpty();
  }

  @Test
  void run_interrupted_killsWhatRuns() throws Exception {
    var sandbox = sandbox();
    var sleeper = Shell.script("sleep 1000; :");
    var thrown = new CompletableFuture<Throwable>();
    var runner =
        Thread.ofPlatform()
            .start(() -> {
              try {
                thrown.completeExceptionally(
                    new AssertionError(sandbox.run(sleeper.job()).toString()));
              } catch (Exception e) {
                thrown.complete(e);
              }
            });
    Awaitility.await().until(() -> sleeper.alive().stream().count() >= 1);

    runner.interrupt();

    assertThat(thrown.get(30, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    assertThat(sleeper.alive()).isEmpty();
  }

  @Test
  void run_rights_areNone() throws Exception {
    var outcome = run(Shell.script("id -u; touch /usr/file || echo refused"));

    assertThat(outcome.output()).endsWith("refused\n");
    assertThat(Path.of("/usr/file")).doesNotExist();
  }

  @Test
  void run_missingProgram_failsByItself() throws Exception {
    var bounds = Shell.script("").bounds();

    var outcome = sandbox().run(new Job(List.of("/nowhere/program"), "", bounds));

    assertThat(outcome.ending()).isEqualTo(Ending.EXITED);
    assertThat(outcome.exitCode()).isNotZero();
  }

  private Outcome run(Shell shell) throws Exception {
    return sandbox().run(shell.job());
  }

  private Sandbox sandbox() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "not Linux");
    assumeTrue(Machine.allows(isolation), "forbidden on this machine");
    return Sandboxes.open(isolation, List.of());
  }
}
