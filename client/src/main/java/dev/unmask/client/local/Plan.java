package dev.unmask.client.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What to start, and every service's settings.
 *
 * @param models checkpoint folders every worker serves; at least one
 * @param services how many of each
 * @param devices where workers compute, {@code cpu} or {@code cuda:N}, dealt out in turn
 * @param ports of the gateway
 * @param cacheDirectory where the cache-services keep their files, each in a folder of its own if
 *     there are several
 * @param secret what page names of the default namespace are keyed with
 */
public record Plan(
    List<Path> models,
    Services services,
    List<String> devices,
    Ports ports,
    Path cacheDirectory,
    Secret secret) {
  private static final String PORT = "grpc.server.port";
  private static final String HTTP_PORT = "micronaut.server.port";
  private static final String METRICS_PORT = "unmask.metrics.port";

  /**
   * Where services listen; 0: a free port.
   *
   * @param grpc the gateway, of gRPC
   * @param http the gateway, of HTTP
   * @param metrics workers and cache-services, of metrics; absent: they serve none
   */
  public record Ports(int grpc, int http, Optional<MetricsPorts> metrics) {}

  /**
   * How many services.
   *
   * @param workers at least 1
   * @param caches instances of the cache-service, at least 1
   */
  public record Services(int workers, int caches) {
    public Services {
      if (workers < 1 || caches < 1) {
        throw new IllegalArgumentException("a plan needs a worker and a cache-service");
      }
    }
  }

  public Plan {
    models = List.copyOf(models);
    devices = List.copyOf(devices);
    if (models.isEmpty() || devices.isEmpty()) {
      throw new IllegalArgumentException("a plan needs a model and a device");
    }
  }

  /** With HTTP on a free port. */
  public Plan(
      List<Path> models,
      Services services,
      List<String> devices,
      int port,
      Path cacheDirectory,
      Secret secret) {
    this(models, services, devices, new Ports(port, 0, Optional.empty()), cacheDirectory, secret);
  }

  /** Name of a worker, from 1. */
  static String workerName(int number) {
    return "worker-" + number;
  }

  /** Name of a cache-service, from 1; the only one has no number. */
  String cacheName(int number) {
    return services.caches() == 1 ? "cache-service" : "cache-service-" + number;
  }

  Map<String, Object> cache(int number) {
    var folder =
        services.caches() == 1 ? cacheDirectory : cacheDirectory.resolve(cacheName(number));
    var settings = settings(0, Map.of("unmask.cache.directory", folder.toString()));
    ports.metrics().ifPresent(metrics -> settings.put(METRICS_PORT, metrics.cache(number)));
    return settings;
  }

  Map<String, Object> worker(int number, List<String> cacheAddresses) {
    var settings =
        settings(
            0,
            Map.of(
                "unmask.worker.name",
                workerName(number),
                "unmask.worker.models",
                models.stream().map(Path::toString).collect(Collectors.joining(",")),
                "unmask.worker.device",
                devices.get((number - 1) % devices.size()),
                "unmask.worker.cache",
                String.join(",", cacheAddresses),
                "unmask.worker.namespaces.default",
                secret.hex()));
    ports.metrics().ifPresent(metrics -> settings.put(METRICS_PORT, metrics.worker(number)));
    return settings;
  }

  Map<String, Object> gateway(List<String> workerAddresses) {
    return settings(
        ports.grpc(),
        Map.of(
            "unmask.gateway.workers",
            String.join(",", workerAddresses),
            HTTP_PORT,
            Integer.toString(ports.http())));
  }

  private static Map<String, Object> settings(int port, Map<String, String> others) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put(PORT, port);
    settings.putAll(others);
    return settings;
  }
}
