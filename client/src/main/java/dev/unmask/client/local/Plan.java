package dev.unmask.client.local;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What to start, and every service's settings.
 *
 * @param models checkpoint folders every worker serves; at least one
 * @param workers how many workers; at least 1
 * @param devices where workers compute, {@code cpu} or {@code cuda:N}, dealt out in turn
 * @param port of the gateway; 0 for a free one
 * @param cacheDirectory where the cache-service keeps its files
 * @param secret what page names of the default namespace are keyed with
 */
public record Plan(
    List<Path> models,
    int workers,
    List<String> devices,
    int port,
    Path cacheDirectory,
    Secret secret) {
  private static final String PORT = "grpc.server.port";

  public Plan {
    models = List.copyOf(models);
    devices = List.copyOf(devices);
    if (models.isEmpty() || devices.isEmpty() || workers < 1) {
      throw new IllegalArgumentException("a plan needs a model, a device and a worker");
    }
  }

  /** Name of a worker, from 1. */
  static String workerName(int number) {
    return "worker-" + number;
  }

  Map<String, Object> cache() {
    return settings(0, Map.of("unmask.cache.directory", cacheDirectory.toString()));
  }

  Map<String, Object> worker(int number, String cacheAddress) {
    return settings(
        0,
        Map.of(
            "unmask.worker.name",
            workerName(number),
            "unmask.worker.models",
            models.stream().map(Path::toString).collect(Collectors.joining(",")),
            "unmask.worker.device",
            devices.get((number - 1) % devices.size()),
            "unmask.worker.cache",
            cacheAddress,
            "unmask.worker.namespaces.default",
            secret.hex()));
  }

  Map<String, Object> gateway(List<String> workerAddresses) {
    return settings(port, Map.of("unmask.gateway.workers", String.join(",", workerAddresses)));
  }

  private static Map<String, Object> settings(int port, Map<String, String> others) {
    var settings = new LinkedHashMap<String, Object>();
    settings.put(PORT, port);
    settings.putAll(others);
    return settings;
  }
}
