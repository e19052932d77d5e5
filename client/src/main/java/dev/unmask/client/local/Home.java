package dev.unmask.client.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the project lies on this machine.
 *
 * @param root the folder of the launcher
 */
public record Home(Path root) {
  /** As the launcher says, else the working directory. */
  public static Home ofProcess(Map<String, String> environment) {
    return new Home(Path.of(environment.getOrDefault("UNMASK_HOME", "")).toAbsolutePath());
  }

  /** JVM flags of all our processes. */
  public Path flags() {
    return root.resolve("jvm.flags");
  }

  /** A shipped checkpoint. */
  public Path model(String name) {
    return root.resolve("models").resolve(name);
  }

  /** All shipped checkpoints; those of full attention first. */
  public List<Path> models() {
    return Stream.concat(fullAttentionModels().stream(), Stream.of(model("unmask-mini-block")))
        .toList();
  }

  /** Shipped checkpoints whose every position attends to all others. */
  public List<Path> fullAttentionModels() {
    return List.of(model("unmask-mini-llada"), model("unmask-mini-dream"));
  }

  /** Questions of a shipped task, one JSON object a line. */
  public Path task(String name) {
    return root.resolve("models").resolve("tasks").resolve(name + ".jsonl");
  }
}
