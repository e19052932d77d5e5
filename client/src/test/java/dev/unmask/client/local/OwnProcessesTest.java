package dev.unmask.client.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a shell script in the place of {@code java}: real processes, without a service's start. */
class OwnProcessesTest {
  private static final Map<String, Object> SETTINGS =
      Map.of("unmask.worker.name", "w", "unmask.worker.namespaces.default", "s3cret");

  @TempDir private Path folder;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> deaths = new CopyOnWriteArrayList<>();
  private Path java;

  @BeforeEach
  void nameScript() {
    java = folder.resolve("java");
  }

  @Test
  void launch_ready_tellsItsAddressAndForwardsTheRest() throws IOException {
    script("echo loading; echo READY worker 4711; echo serving; exec cat /dev/zero > /dev/null");
    try (var service = launch()) {
      assertThat(service.address()).isEqualTo("127.0.0.1:4711");
      await()
          .untilAsserted(
              () -> assertThat(log.toString(UTF_8)).isEqualTo("[w] loading\n[w] serving\n"));
    }
    assertThat(deaths).isEmpty();
  }

  @Test
  void launch_endsBeforeReady_saysSo() throws IOException {
    script("echo 'no such model'; exit 3");
    try (var service = launch()) {
      assertThatIllegalStateException()
          .isThrownBy(service::address)
          .withMessage("w ended with exit code 3");
      assertThat(log.toString(UTF_8)).isEqualTo("[w] no such model\n");
    }
  }

  @Test
  void launch_killed_isReported() throws IOException {
    script("echo READY worker 1; exec cat /dev/zero > /dev/null");
    try (var service = launch()) {
      service.address();
      service.handle().destroyForcibly();
      await().untilAsserted(() -> assertThat(deaths).containsExactly("w ended with exit code 137"));
    }
  }

  @Test
  void launch_settings_goByArgumentAndSecretsByEnvironment() throws IOException {
    script("echo \"$@\"; echo $UNMASK_WORKER_NAMESPACES_DEFAULT; echo READY worker 1");
    try (var service = launch()) {
      service.address();
      assertThat(log.toString(UTF_8))
          .contains(
              "@jvm.flags -cp classes dev.unmask.worker.WorkerServer --unmask.worker.name=w\n")
          .contains("[w] s3cret\n");
    }
  }

  private void script(String body) throws IOException {
    Files.writeString(java, "#!/bin/sh\n" + body + "\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
  }

  private ServiceProcess launch() {
    var out = new PrintStream(log, true, UTF_8);
    return new OwnProcesses(java, Path.of("jvm.flags"), "classes", out, deaths::add)
        .launch(Role.WORKER, "w", SETTINGS);
  }
}
