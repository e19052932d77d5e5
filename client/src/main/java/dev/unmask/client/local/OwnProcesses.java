package dev.unmask.client.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs every service in a Java process of its own, with this process's class path.
 *
 * @param java the {@code java} command
 * @param flags file with the JVM flags of all our processes
 * @param classPath where the services' classes are
 * @param log takes what the services print, a line at a time, their names in front
 * @param deaths is told of every service that ended by itself
 */
public record OwnProcesses(
    Path java, Path flags, String classPath, PrintStream log, Consumer<String> deaths)
    implements Host {
  /** Processes like this one. */
  public static OwnProcesses likeThis(Path flags, PrintStream log, Consumer<String> deaths) {
    return new OwnProcesses(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        flags,
        System.getProperty("java.class.path"),
        log,
        deaths);
  }

  @Override
  public ServiceProcess launch(Role role, String name, Map<String, Object> settings) {
    try {
      var builder = new ProcessBuilder(command(role, settings)).redirectErrorStream(true);
      builder.environment().putAll(environment(settings));
      // Workers share the cores: a thread that waits by spinning takes them from another worker's.
      builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
      if (role == Role.CACHE) {
        // The C library's arenas, several a core, keep what threads have given back.
        builder.environment().putIfAbsent("MALLOC_ARENA_MAX", "2");
      }
      return ServiceProcess.watching(role, name, builder.start(), log, deaths);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + java, e);
    }
  }

  List<String> command(Role role, Map<String, Object> settings) {
    var command = new ArrayList<String>();
    command.add(java.toString());
    command.add("@" + flags);
    command.addAll(flags(role));
    command.add("-cp");
    command.add(classPath);
    command.add(role.mainClass());
    settings.forEach((key, value) -> {
      if (!isSecret(key)) {
        command.add("--" + key + "=" + value);
      }
    });
    return command;
  }

  /**
   * A cache-service's memory is its pages: its heap holds chunks on their way, so a small young
   * generation that is collected often is enough.
   */
  private static List<String> flags(Role role) {
    return switch (role) {
      case CACHE -> List.of("-XX:+UseSerialGC", "-Xmn16m");
      case WORKER, GATEWAY -> List.of();
    };
  }

  /** Secrets go by environment: everybody on the machine can read a command line. */
  static Map<String, String> environment(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .filter(setting -> isSecret(setting.getKey()))
        .collect(
            Collectors.toMap(
                setting -> setting.getKey().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"),
                setting -> setting.getValue().toString()));
  }

  private static boolean isSecret(String key) {
    return key.contains(".namespaces.");
  }
}
