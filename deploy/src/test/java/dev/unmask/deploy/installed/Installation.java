package dev.unmask.deploy.installed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An installation as the archive has it, run by its own scripts and nothing of this process.
 *
 * @param folder of the installation
 * @param logs where its processes print
 */
record Installation(Path folder, Path logs) {
  /** Above what a loaded machine of two cores needs; a healthy run waits for none of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Path BUILT = Path.of("archive", "target").toAbsolutePath();

  /** The one that the build made. */
  static Installation built(Path logs) {
    try (var folders = Files.find(BUILT, 4, (path, _) -> path.endsWith("bin/unmask"))) {
      return new Installation(
          folders.findFirst().orElseThrow().getParent().getParent().normalize(), logs);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a shipped configuration file says. */
  String config(String service) {
    return read(folder.resolve("config").resolve(service + ".yml"));
  }

  /** Starts a script, with an environment of its own and what is given. */
  Started start(String script, Map<String, String> environment, String... arguments) {
    var command = new ArrayList<>(List.of(folder.resolve("bin").resolve(script).toString()));
    command.addAll(List.of(arguments));
    var output = logs.resolve(script + ".log");
    var builder =
        new ProcessBuilder(command)
            .directory(logs.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("UNMASK_"));
    builder.environment().put("UNMASK_JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    try {
      return new Started(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A script that runs. */
  record Started(Process process, Path output) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("READY \\w+ (\\d+)\n");

    /** Where the service takes calls, once it does. */
    String address() {
      await().atMost(PATIENCE).until(() -> isReady() || !process.isAlive());
      var ready = READY.matcher(printed());
      if (!ready.find()) {
        throw new IllegalStateException("it ended:\n" + printed());
      }
      return "127.0.0.1:" + ready.group(1);
    }

    /** Waits for its end; the exit code. */
    int ended() {
      await().atMost(PATIENCE).until(() -> !process.isAlive());
      return process.exitValue();
    }

    String printed() {
      return read(output);
    }

    private boolean isReady() {
      return READY.matcher(printed()).find();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
