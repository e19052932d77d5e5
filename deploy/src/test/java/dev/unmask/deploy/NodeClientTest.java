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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client against the real thing; where Node and its packages can be had. */
class NodeClientTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path EXAMPLES = ROOT.resolve("deploy/examples/node");

  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void openai_chatStreamStopAndErrors_work() throws Exception {
    assumeTrue(succeeds("node", "--version") && succeeds("npm", "--version"), "Node is not here");
    for (var file : List.of("package.json", "openai.mjs")) {
      Files.copy(EXAMPLES.resolve(file), folder.resolve(file));
    }
    assumeTrue(
        succeeds("npm", "install", "--no-audit", "--no-fund"), "npm cannot fetch its packages");
    try (var cluster = Cluster.start(plan(), new SharedProcess())) {
      cluster.awaitModels();
      var url = "http://" + cluster.httpAddress().orElseThrow();
      var example = run("node", "openai.mjs", "--url", url);
      var said = new String(example.getInputStream().readAllBytes(), UTF_8);
      assertThat(example.waitFor()).as(said).isZero();
      assertThat(said).contains("all of it works");
    }
  }

  private Plan plan() {
    var models = List.of(ROOT.resolve("models/unmask-mini-llada"));
    var secret = Secret.random(new SecureRandom());
    return new Plan(
        models, new Plan.Services(1, 1), List.of("cpu"), 0, folder.resolve("pages"), secret);
  }

  private boolean succeeds(String... command) throws InterruptedException {
    try {
      var process = run(command);
      process.getInputStream().readAllBytes();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private Process run(String... command) throws IOException {
    return new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
  }
}
