package dev.unmask.client.local;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.options.CallerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who answers, as options: a gateway that runs, or services of its own in this process. */
public final class ServerOptions {
  @Option(
      names = "--gateway",
      paramLabel = "HOST:PORT",
      description = "gateway to ask (default: services of its own, in this process)")
  private Optional<String> gateway = Optional.empty();

  @Mixin private CallerOptions caller = new CallerOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "model to ask; without --gateway also a checkpoint's folder. eval: repeatable"
              + " (default: all that are served, or that are shipped); load: one (default: the"
              + " only one that is served, or unmask-mini-llada)")
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
  public interface Use {
    /** Does it; returns the process's exit code. */
    int with(UnmaskClient client) throws IOException, InterruptedException;
  }

  /**
   * What holds where no option says otherwise.
   *
   * @param shipped checkpoints that may be named without their folder
   * @param served how many of these services of its own serve, from the first
   * @param sharing whether requests share states
   */
  public record Defaults(List<Path> shipped, int served, boolean sharing) {
    public Defaults {
      shipped = List.copyOf(shipped);
    }
  }

  /** Names of models that were asked for; empty means all. */
  public List<String> names() {
    return models.stream()
        .map(name -> gateway.isEmpty() && isFolder(name) ? folderName(Path.of(name)) : name)
        .toList();
  }

  /** The gateway to ask; empty means services of its own. */
  public Optional<String> gateway() {
    return gateway;
  }

  /** Whether requests share states, for reports. */
  public String sharing(Defaults defaults) {
    if (gateway.isPresent()) {
      return "as the gateway's workers are set up";
    }
    return shares(defaults) ? "shared between requests" : "not shared between requests";
  }

  /** Connects, starts services where there is no gateway, and stops them in the end. */
  public int use(Defaults defaults, Use use) throws IOException, InterruptedException {
    if (gateway.isPresent()) {
      try (var client = UnmaskClient.connect(gateway.get(), caller.credentials())) {
        return use.with(client);
      }
    }
    try (var scratch = Scratch.create();
        var cluster = Cluster.start(plan(defaults, scratch), host(defaults));
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      cluster.awaitModels();
      return use.with(client);
    }
  }

  private Plan plan(Defaults defaults, Scratch scratch) {
    var secret = Secret.random(new SecureRandom());
    return new Plan(
        folders(defaults), new Plan.Services(1, 1), List.of(device), 0, scratch.folder(), secret);
  }

  /** Checkpoints that were asked for, without a gateway. */
  public List<Path> folders(Defaults defaults) {
    return models.isEmpty()
        ? defaults.shipped().subList(0, defaults.served())
        : models.stream().map(name -> folder(defaults, name)).toList();
  }

  private static Path folder(Defaults defaults, String name) {
    if (isFolder(name)) {
      return Path.of(name).toAbsolutePath();
    }
    return defaults.shipped().stream()
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

  private boolean shares(Defaults defaults) {
    return sharing.orElse(defaults.sharing());
  }

  /** A worker that knows no cache-service shares nothing. */
  private Host host(Defaults defaults) {
    var shared = new SharedProcess();
    if (shares(defaults)) {
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
