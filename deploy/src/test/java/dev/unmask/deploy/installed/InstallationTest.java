package dev.unmask.deploy.installed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.Answer;
import dev.unmask.client.UnmaskClient;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with the archive: edit the configuration files, run the scripts. */
class InstallationTest {
  private static final String MODEL = "unmask-mini-llada";
  private static final String QUESTION = "What is 20 + 22?";

  /** Exit code of a process that ended when it was asked to. */
  private static final int TERMINATED = 128 + 15;

  @TempDir private Path folder;
  private Installation installation;

  @BeforeEach
  void find() {
    installation = Installation.built(folder);
  }

  @Test
  void scripts_configurationFilesOfThreeServices_answerAndShareAndEndWhenAsked() throws Exception {
    try (var cache = started("cache", Map.of("port: 7302", "port: 0"));
        var worker = started("worker", workerEdits(cache.address()));
        var gateway = started("gateway", gatewayEdits(worker.address()))) {
      var computed = ask(gateway.address());
      var shared = ask(gateway.address());
      assertThat(computed.opened().getWorker()).as("by environment").isEqualTo("named");
      assertThat(computed.usage().getPagesHit()).isZero();
      assertThat(shared.usage().getPagesHit()).isPositive();
      assertThat(shared.tokens()).isEqualTo(computed.tokens());
      assertThat(said(gateway.address())).contains("42");
      assertThat(folder.resolve("cache")).as("relative to the working directory").isDirectory();
      for (var service : new Installation.Started[] {gateway, worker, cache}) {
        service.process().destroy();
        assertThat(service.ended()).as(service.printed()).isEqualTo(TERMINATED);
      }
    }
  }

  @Test
  void script_unknownSettingInFile_saysWhichAndEnds() throws Exception {
    try (var gateway = started("gateway", Map.of("    workers:", "    worker:"))) {
      assertThat(gateway.ended()).isNotZero();
      assertThat(gateway.printed())
          .contains("unknown setting unmask.gateway.worker")
          .contains("did you mean unmask.gateway.workers?");
    }
  }

  @Test
  void script_fileThatIsNotThere_saysWhichAndEnds() {
    var environment = Map.of("UNMASK_CONFIG", "/nowhere/cache.yml");
    try (var cache = installation.start("unmask-cache", environment)) {
      assertThat(cache.ended()).isEqualTo(3);
      assertThat(cache.printed()).contains("/nowhere/cache.yml");
    }
  }

  private static Map<String, String> workerEdits(String cache) {
    return Map.of(
        "# cache: 127.0.0.1:7302",
        "cache: " + cache,
        "# namespaces:\n    #   default: ...",
        "namespaces:\n      default: 0123456789abcdef",
        "port: 7303",
        "port: 0");
  }

  private static Map<String, String> gatewayEdits(String worker) {
    return Map.of("127.0.0.1:7303", worker, "port: 7300", "port: 0", "port: 7301", "port: 0");
  }

  /** Starts a service with its shipped file, edited. Sharing must not depend on what is faster. */
  private Installation.Started started(String service, Map<String, String> edits)
      throws IOException {
    var config = installation.config(service);
    for (var edit : edits.entrySet()) {
      assertThat(config).contains(edit.getKey());
      config = config.replace(edit.getKey(), edit.getValue());
    }
    var file = Files.writeString(folder.resolve("my-" + service + ".yml"), config);
    var environment = Map.of("UNMASK_CONFIG", file.toString(), "UNMASK_WORKER_NAME", "named");
    return service.equals("worker")
        ? installation.start("unmask-worker", environment, "--unmask.worker.fetch=always")
        : installation.start("unmask-" + service, environment);
  }

  private static Answer ask(String gateway) {
    try (var client = UnmaskClient.connect(gateway)) {
      var request =
          GenerateRequest.newBuilder()
              .setModel(MODEL)
              .setPrompt(Prompt.newBuilder().setText(QUESTION))
              .setSpec(DecodingSpec.newBuilder().setGenerationLength(64));
      return client.ask(request.build(), _ -> {});
    }
  }

  private String said(String gateway) {
    try (var command =
        installation.start(
            "unmask", Map.of(), "generate", "--gateway", gateway, "--model", MODEL, QUESTION)) {
      assertThat(command.ended()).as(command.printed()).isZero();
      return command.printed();
    }
  }
}
