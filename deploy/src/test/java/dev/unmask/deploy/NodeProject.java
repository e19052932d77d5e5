package dev.unmask.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.SharedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** A program for Node in a folder of its own, and the small LLaDA served for it to call. */
record NodeProject(Path folder) {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Copies a program and fetches its packages; a test ends here where that cannot be. */
  static NodeProject installed(String source, String program, Path folder) throws Exception {
    var project = new NodeProject(folder);
    assumeTrue(project.succeeds("node", "--version"), "Node is not here");
    assumeTrue(project.succeeds("npm", "--version"), "npm is not here");
    for (var file : List.of("package.json", program)) {
      Files.copy(ROOT.resolve(source).resolve(file), folder.resolve(file));
    }
    assumeTrue(
        project.succeeds("npm", "install", "--no-audit", "--no-fund"),
        "npm cannot fetch the packages");
    return project;
  }

  /** All services in this process, HTTP on a free port. */
  Cluster serve() {
    var models = List.of(ROOT.resolve("models/unmask-mini-llada"));
    var secret = Secret.random(new SecureRandom());
    var pages = folder.resolve("pages");
    var plan = new Plan(models, new Plan.Services(1, 1), List.of("cpu"), 0, pages, secret);
    var cluster = Cluster.start(plan, new SharedProcess());
    cluster.awaitModels();
    return cluster;
  }

  /** What a command that must succeed prints. */
  String run(String... command) throws IOException, InterruptedException {
    var process = start(command);
    var said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private boolean succeeds(String... command) throws InterruptedException {
    try {
      var process = start(command);
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(String... command) throws IOException {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
