package dev.unmask.client.evaluation.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a command in namespaces cannot reach; where there are none, that we say so. */
class IsolationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Isolation.class)
  void open_whatTheMachineForbids_isRefused(Isolation isolation) throws Exception {
    if (Machine.allows(isolation)) {
      assertThat(Sandboxes.open(isolation, List.of()).run(Shell.script("id").job()))
          .extracting(Outcome::exitCode)
          .isEqualTo(0);
    } else {
      assertThatThrownBy(() -> Sandboxes.open(isolation, List.of()))
          .isInstanceOf(IsolationException.class)
          .hasMessageContaining("this machine does not let us");
    }
  }

  @Test
  void firstFit_noneStandsTheTrial_saysWhyOfEach() {
    List<Sandbox> sandboxes =
        List.of(
            job -> {
              throw new IOException("unshare: unshare failed: Operation not permitted");
            },
            job -> new Outcome(Outcome.Ending.EXITED, 2, "Cannot fork\n"));

    assertThatThrownBy(() -> Sandboxes.firstFit(sandboxes))
        .isInstanceOf(IsolationException.class)
        .hasMessageContainingAll(
            "unshare failed: Operation not permitted", "Cannot fork", Isolation.OPTION);
  }

  @Test
  void tried_pythonThatDoesNotStartThere_isRefused() {
    var message = "error while loading shared libraries: libpython3.so";
    var grounds =
        new Grounds(
            Path.of("/opt/python3"), job -> new Outcome(Outcome.Ending.EXITED, 127, message));

    assertThatThrownBy(grounds::tried)
        .isInstanceOf(IsolationException.class)
        .hasMessageStartingWith("/opt/python3 does not start in the sandbox")
        .hasMessageContaining(message);
  }

  @Test
  void firstFit_firstFails_givesTheSecond() throws Exception {
    Sandbox broken =
        job -> {
          throw new IOException("broken");
        };
    Sandbox sound = job -> new Outcome(Outcome.Ending.EXITED, 0, "fit\n");

    assertThat(Sandboxes.firstFit(List.of(broken, sound))).isSameAs(sound);
  }

  @Test
  void run_worldThatCannotBeBuilt_isTheMachinesFault() throws Exception {
    var world = new World(List.of(Path.of("/nowhere")), Path.of("/nowhere"));
    var sandbox =
        new NamespaceSandbox(
            Fence.of(Machine.isSuperuser()).getFirst(), world, new Fence.Strangers(0));

    assertThatThrownBy(() -> sandbox.run(Shell.script("echo ran").job()))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("ran");
  }

  @ParameterizedTest
  @EnumSource(Fence.class)
  void run_everyFence_givesUpItsRights(Fence fence) throws Exception {
    assumeTrue(Fence.of(Machine.isSuperuser()).contains(fence), "another user's fence");
    assumeTrue(Machine.allows(fence), "no namespaces");
    var sandbox = new NamespaceSandbox(fence, World.with(List.of()), new Fence.Strangers(7));

    var outcome = sandbox.run(Shell.script("mount -t tmpfs none /tmp || echo refused").job());

    assertThat(outcome.output()).endsWith("refused\n");
  }

  @Test
  void run_connection_isNotToBeHad() throws Exception {
    assumeTrue(Machine.has("bash"), "no bash to open a socket with");
    try (var server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var script = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo connected";
      var command = List.of("/bin/bash", "-c", script);
      var control = new ProcessBuilder(command).start();

      assertThat(control.inputReader().readLine()).isEqualTo("connected");
      assertThat(isolated().run(new Job(command, "", Bounds.PROGRAM)).output())
          .contains("unreachable")
          .doesNotContain("connected");
    }
  }

  @Test
  void run_filesOfOurs_areNotThere() throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "told");
    var outcome = isolated().run(Shell.script("cat " + secret + "; ls /proc /home /root").job());

    assertThat(outcome.exitCode()).isNotZero();
    assertThat(outcome.output()).doesNotContain("told");
  }

  @Test
  void run_visibleFolder_canBeReadButNotWritten() throws Exception {
    var file = Files.writeString(folder.resolve("library"), "told");
    assumeTrue(Machine.allowsNamespaces(), "no namespaces");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    var sandbox = Sandboxes.open(Isolation.NAMESPACES, List.of(folder));

    var outcome =
        sandbox.run(Shell.script("cat " + file + "; touch " + folder + "/more; ls").job());

    assertThat(outcome.output()).startsWith("told").contains("Read-only file system");
    assertThat(folder.resolve("more")).doesNotExist();
  }

  @Test
  void run_manyFiles_fillTheirDiskOnly() throws Exception {
    var hog =
        Shell.script(
            "i=0; while head -c 100000 /dev/zero > f$i; do i=$((i+1)); done; du -sk . | cut -f1");

    var lines = isolated().run(hog.job()).output().lines().toList();

    assertThat(Long.parseLong(lines.getLast())).isBetween(1L, hog.bounds().diskBytes() / 1024);
  }

  @Test
  void run_namespacesInTheSandbox_areNotToBeHad() throws Exception {
    var outcome =
        isolated()
            .run(Shell.script("unshare --user --map-root-user --mount true && echo mounted").job());

    assertThat(outcome.output()).doesNotContain("mounted").containsIgnoringCase("not permitted");
  }

  private static Sandbox isolated() throws IOException, InterruptedException {
    assumeTrue(Machine.allowsNamespaces(), "no namespaces");
    return Sandboxes.open(Isolation.NAMESPACES, List.of());
  }
}
