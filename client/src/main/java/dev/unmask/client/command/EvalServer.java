package dev.unmask.client.command;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Host;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.SharedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who answers an evaluation: a gateway that runs, or services of its own in this process. */
final class EvalServer {
  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "gateway to ask (default: services of its own, in this process)")
  private Optional<String> gateway = Optional.empty();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "model to ask; repeatable. Without --gateway also a checkpoint's folder"
              + " (default: all that are served; without --gateway the shipped ones)")
  private List<String> models = List.of();

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = "cpu",
      description = "without --gateway: cpu or cuda:N (default: ${DEFAULT-VALUE})")
  private String device = "";

  @Option(
      names = "--sharing",
      negatable = true,
      description =
          "without --gateway: share stored states between requests (default: unless"
              + " methods are compared, because then the first of them would pay for all)")
  private Optional<Boolean> sharing = Optional.empty();

  /** What is done with a client while the services run. */
  @FunctionalInterface
  interface Use {
    int with(UnmaskClient client) throws IOException, InterruptedException;
  }

  /** Names of models that were asked for; empty means all. */
  List<String> names() {
    return models.stream()
        .map(name -> gateway.isEmpty() && isFolder(name) ? folderName(Path.of(name)) : name)
        .toList();
  }

  /** Whether requests share states, for reports. */
  String sharing(boolean comparing) {
    if (gateway.isPresent()) {
      return "as the gateway's workers are set up; methods after the first may find its states";
    }
    return shares(comparing) ? "shared between requests" : "not shared between requests";
  }

  /** Connects, starts services where there is no gateway, and stops them in the end. */
  int use(Home home, boolean comparing, Use use) throws IOException, InterruptedException {
    if (gateway.isPresent()) {
      try (var client = UnmaskClient.connect(gateway.get())) {
        return use.with(client);
      }
    }
    try (var scratch = Scratch.create();
        var cluster = Cluster.start(plan(home, scratch), host(comparing));
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      cluster.awaitModels();
      return use.with(client);
    }
  }

  private Plan plan(Home home, Scratch scratch) {
    var folders =
        models.isEmpty() ? home.models() : models.stream().map(name -> folder(home, name)).toList();
    var secret = Secret.random(new SecureRandom());
    return new Plan(folders, 1, List.of(device), 0, scratch.folder(), secret);
  }

  private static Path folder(Home home, String name) {
    if (isFolder(name)) {
      return Path.of(name).toAbsolutePath();
    }
    return home.models().stream()
        .filter(folder -> folderName(folder).equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                name + " is neither a shipped model nor a checkpoint's folder"));
  }

  private static boolean isFolder(String name) {
    return Files.exists(Path.of(name).resolve("config.json"));
  }

  private static String folderName(Path folder) {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  private boolean shares(boolean comparing) {
    return sharing.orElse(!comparing);
  }

  /** A worker that knows no cache-service shares nothing. */
  private Host host(boolean comparing) {
    var shared = new SharedProcess();
    if (shares(comparing)) {
      return shared;
    }
    return (role, name, settings) ->
        shared.launch(role, name, role == Role.WORKER ? alone(settings) : settings);
  }

  private static Map<String, Object> alone(Map<String, Object> settings) {
    var alone = new HashMap<>(settings);
    alone.remove("unmask.worker.cache");
    return alone;
  }
}
