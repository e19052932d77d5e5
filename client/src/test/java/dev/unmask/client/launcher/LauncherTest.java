package dev.unmask.client.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
  /** Surefire runs in the module's folder. */
  private static final Path LAUNCHER = Path.of("..", "unmask").toAbsolutePath().normalize();

  @TempDir private Path machine;

  @Test
  void jdk_olderJavaHomeAndJdk25InstalledBeside_findsTheLatter() throws Exception {
    var old = jdk("usr/lib/jvm/java-17", "17.0.15");
    var right = jdk("usr/lib/jvm/temurin-25-jdk-amd64", "25.0.3");
    assertThat(run("jdk", Map.of("JAVA_HOME", old.toString())))
        .isEqualTo(new Ended(0, right + "\n"));
  }

  @Test
  void jdk_severalPlaces_prefersTheOneNamed() throws Exception {
    jdk("usr/lib/jvm/jdk-25", "25");
    var named = jdk("elsewhere/jdk", "25.0.1");
    assertThat(run("jdk", Map.of("UNMASK_JAVA_HOME", named.toString())).output())
        .isEqualTo(named + "\n");
  }

  @Test
  void jdk_inHomeFolder_isFound() throws Exception {
    var own = jdk("home/.sdkman/candidates/java/25-tem", "25");
    assertThat(run("jdk", Map.of()).output()).isEqualTo(own + "\n");
  }

  @Test
  void jdk_nameSays25ButReleaseDoesNot_isPassedOver() throws Exception {
    jdk("usr/lib/jvm/jdk-25-to-be", "26-ea");
    jdk("usr/lib/jvm/jdk-250", "250");
    var ended = run("jdk", Map.of());
    assertThat(ended.code()).isEqualTo(3);
  }

  @Test
  void jdk_none_saysWhatToInstall() throws Exception {
    var ended = run("generate", Map.of());
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.output())
        .contains("JDK 25 is not here")
        .contains("openjdk-25-jdk")
        .contains("UNMASK_JAVA_HOME");
  }

  @Test
  void jdk_calledThroughALinkFromElsewhere_works() throws Exception {
    var right = jdk("usr/lib/jvm/jdk-25", "25");
    var link = Files.createSymbolicLink(machine.resolve("link"), LAUNCHER);
    assertThat(run(link, "jdk", Map.of()).output()).isEqualTo(right + "\n");
  }

  private Path jdk(String folder, String version) throws IOException {
    var home = machine.resolve(folder);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    var javac = Files.writeString(home.resolve("bin/javac"), "");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private Ended run(String argument, Map<String, String> environment) throws Exception {
    return run(LAUNCHER, argument, environment);
  }

  private Ended run(Path launcher, String argument, Map<String, String> environment)
      throws Exception {
    var builder =
        new ProcessBuilder("bash", launcher.toString(), argument)
            .directory(machine.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", machine.resolve("home").toString());
    builder.environment().put("UNMASK_SEARCH_ROOT", machine.toString());
    builder.environment().putAll(environment);
    var process = builder.start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private record Ended(int code, String output) {}
}
