package dev.unmask.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClusterTest {
  private final List<String> happened = new ArrayList<>();

  @Test
  void start_twoWorkers_tellsEachServiceWhereTheOthersAre() {
    try (var cluster = Cluster.start(plan(), (_, name, settings) -> service(name, settings))) {
      assertThat(cluster.gatewayAddress()).isEqualTo("gateway-address");
      assertThat(happened)
          .containsExactly(
              "cache-service with -",
              "worker-1 with cache-service-address",
              "worker-2 with cache-service-address",
              "gateway with worker-1-address,worker-2-address");
    }
  }

  @Test
  void start_threeCaches_tellsEveryWorkerOfAll() {
    try (var _ = Cluster.start(plan(3), (_, name, settings) -> service(name, settings))) {
      assertThat(happened)
          .startsWith(
              "cache-service-1 with -",
              "cache-service-2 with -",
              "cache-service-3 with -",
              "worker-1 with cache-service-1-address,cache-service-2-address,cache-service-3-address");
    }
  }

  @Test
  void close_running_stopsTheGatewayFirstAndEachOnce() {
    var cluster = Cluster.start(plan(), (_, name, settings) -> service(name, settings));
    happened.clear();
    cluster.close();
    cluster.close();
    assertThat(happened)
        .containsExactly("stop gateway", "stop worker-2", "stop worker-1", "stop cache-service");
  }

  @Test
  void start_gatewayFails_stopsWhatRuns() {
    Host host =
        (role, name, settings) -> {
          if (role == Role.GATEWAY) {
            throw new IllegalStateException("port taken");
          }
          return service(name, settings);
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> Cluster.start(plan(), host))
        .withMessage("port taken");
    assertThat(happened).endsWith("stop worker-2", "stop worker-1", "stop cache-service");
  }

  private Service service(String name, Map<String, Object> settings) {
    var others =
        settings.getOrDefault(
            "unmask.worker.cache", settings.getOrDefault("unmask.gateway.workers", "-"));
    happened.add(name + " with " + others);
    return new FakeService(name, happened);
  }

  private static Plan plan() {
    return plan(1);
  }

  private static Plan plan(int caches) {
    var secret = Secret.random(new Random(1));
    var services = new Plan.Services(2, caches);
    return new Plan(List.of(Path.of("m")), services, List.of("cpu"), 0, Path.of("pages"), secret);
  }

  private record FakeService(String name, List<String> happened) implements Service {
    @Override
    public String address() {
      return name + "-address";
    }

    @Override
    public void close() {
      happened.add("stop " + name);
    }
  }
}
