package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.local.Plan;
import dev.unmask.worker.pages.placement.InstanceResolverProvider;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every service is restarted, one after the other, as an upgrade does it, under requests that come
 * steadily. Clients know both gateways.
 */
@Timeout(300)
class RollingRestartTest {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final List<String> WORKERS = List.of("worker-1", "worker-2");
  private static final List<String> CACHES = List.of("cache-service-1", "cache-service-2");
  private static final List<String> GATEWAYS = List.of("gateway", "gateway-2");
  private static final int WARM = 4;

  @TempDir private Path pages;

  @Test
  void ask_everyServiceRestarted_losesNothing() throws Exception {
    try (var fleet = Fleet.start(new Plan.Services(2, 2), pages, new SamePorts())) {
      fleet.launchLike("gateway", "gateway-2");
      WORKERS.forEach(fleet::awaitServing);
      try (var client = client(fleet);
          var traffic =
              Traffic.start(client, INTERVAL, number -> Fleet.steady("What is " + number + "?"))) {
        await().atMost(Fleet.PATIENCE).until(() -> traffic.over() >= WARM);
        for (var worker : WORKERS) {
          restart(fleet, worker);
          fleet.awaitServing(worker);
        }
        for (var cache : CACHES) {
          restart(fleet, cache);
          assertThat(fleet.pages(cache)).isNotNegative();
        }
        for (var gateway : GATEWAYS) {
          restart(fleet, gateway);
          int before = traffic.over();
          await().atMost(Fleet.PATIENCE).until(() -> traffic.over() >= before + WARM);
        }
        Traffic.assertWhole(traffic.end());
      }
    }
  }

  private static void restart(Fleet fleet, String service) {
    fleet.terminate(service);
    fleet.relaunch(service);
    assertThat(fleet.address(service)).isNotEmpty();
  }

  private static UnmaskClient client(Fleet fleet) {
    var gateways = GATEWAYS.stream().map(fleet::address).toList();
    var target = InstanceResolverProvider.target(String.join(",", gateways));
    return new UnmaskClient(
        Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()).build());
  }
}
