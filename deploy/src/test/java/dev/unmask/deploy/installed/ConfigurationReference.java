package dev.unmask.deploy.installed;

import dev.unmask.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** docs/configuration.md, made of the settings that the services know and the files they have. */
final class ConfigurationReference {
  private static final String START =
      """
      # Settings

      Made from the code by `ConfigurationReferenceTest`, which fails when this page is stale; with `-Dunmask.write` it writes it.

      A setting is given as `--KEY=VALUE`, else in the environment (`UNMASK_WORKER_NAME` is `unmask.worker.name`), else in a file that `micronaut.config.files` names, as the scripts of
      an installation do ([deploy](deploy.md)). An `unmask.*` setting that a file or an argument names and nobody knows, or a value out of range, ends the start and says why. A list of words may be written with commas.
      Bounds that nobody can set are in `Limits`.
      """;

  /** Settings of the libraries below that the services' own files have, and what they mean. */
  private static final Map<String, String> LIBRARIES =
      Map.ofEntries(
          Map.entry("grpc.server.host", "Address that gRPC listens at; 0.0.0.0: all."),
          Map.entry("grpc.server.port", "Port of gRPC; 0: any free one."),
          Map.entry(
              "grpc.server.await-termination",
              "How long calls may go on once the service is asked to end."),
          Map.entry("grpc.server.health.enabled", "Whether the health service of gRPC answers."),
          Map.entry("micronaut.server.host", "Address that HTTP listens at; 0.0.0.0: all."),
          Map.entry("micronaut.server.port", "Port of HTTP; 0: any free one."),
          Map.entry("micronaut.executors.io.n-threads", "Threads that copy pages."));

  /** What the files have for reasons of their own and is not to be set. */
  private static final List<String> FIXED =
      List.of("unmask.service", "micronaut.executors.io.type", "micronaut.router.", "jackson.");

  private ConfigurationReference() {}

  /** The page. */
  static String page(Map<String, List<Setting>> services) {
    return services.entrySet().stream()
        .map(service -> section(service.getKey(), service.getValue()))
        .collect(Collectors.joining("\n", START + "\n", ""));
  }

  private static String section(String service, List<Setting> settings) {
    var file = ServiceFile.of(service).values();
    var own = settings.stream().map(setting -> row(setting, file)).collect(Collectors.joining());
    var others =
        file.entrySet().stream()
            .filter(entry -> settings.stream().noneMatch(s -> s.name().equals(entry.getKey())))
            .filter(entry -> FIXED.stream().noneMatch(entry.getKey()::startsWith))
            .map(entry -> row(entry.getKey(), "", entry.getValue(), "", library(entry.getKey())))
            .collect(Collectors.joining());
    return "## unmask-%s\n| setting | type | default | range | meaning |\n|---|---|---|---|---|\n%s%s"
        .formatted(service, own, others);
  }

  private static String row(Setting setting, Map<String, String> file) {
    var usual = Optional.ofNullable(file.get(setting.name())).orElse(setting.usual());
    return row(setting.name(), setting.type(), usual, setting.range(), setting.meaning());
  }

  private static String row(String name, String type, String usual, String range, String meaning) {
    return "| `%s` | %s | %s | %s | %s |\n".formatted(name, type, usual, range, meaning);
  }

  private static String library(String key) {
    return Optional.ofNullable(LIBRARIES.get(key))
        .orElseThrow(() -> new IllegalStateException("the reference says nothing of " + key));
  }
}
