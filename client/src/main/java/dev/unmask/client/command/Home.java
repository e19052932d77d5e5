package dev.unmask.client.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the project lies on this machine.
 *
 * @param root the folder of the launcher
 */
record Home(Path root) {
  /** As the launcher says, else the working directory. */
  static Home ofProcess(Map<String, String> environment) {
    return new Home(Path.of(environment.getOrDefault("UNMASK_HOME", "")).toAbsolutePath());
  }

  /** JVM flags of all our processes. */
  Path flags() {
    return root.resolve("jvm.flags");
  }

  /** A shipped checkpoint. */
  Path model(String name) {
    return root.resolve("models").resolve(name);
  }

  /** All shipped checkpoints; those of full attention first. */
  List<Path> models() {
    return Stream.concat(fullAttentionModels().stream(), Stream.of(model("unmask-mini-block")))
        .toList();
  }

  /** Shipped checkpoints whose every position attends to all others. */
  List<Path> fullAttentionModels() {
    return List.of(model("unmask-mini-llada"), model("unmask-mini-dream"));
  }

  /** Questions of a shipped task, one JSON object a line. */
  Path task(String name) {
    return root.resolve("models").resolve("tasks").resolve(name + ".jsonl");
  }
}
