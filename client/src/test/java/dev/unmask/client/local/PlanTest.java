package dev.unmask.client.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlanTest {
  private static final Secret SECRET = Secret.random(new Random(1));

  @Test
  void worker_twoDevices_areDealtOutInTurn() {
    var plan = plan(3, List.of("cuda:0", "cuda:1"));
    assertThat(List.of(1, 2, 3))
        .extracting(number -> plan.worker(number, List.of("host:1")).get("unmask.worker.device"))
        .containsExactly("cuda:0", "cuda:1", "cuda:0");
  }

  @Test
  void worker_anyNumber_sharesSecretModelsAndCache() {
    assertThat(plan(2, List.of("cpu")).worker(2, List.of("127.0.0.1:99", "127.0.0.1:98")))
        .containsEntry("unmask.worker.name", "worker-2")
        .containsEntry("unmask.worker.models", "a,b")
        .containsEntry("unmask.worker.cache", "127.0.0.1:99,127.0.0.1:98")
        .containsEntry("unmask.worker.namespaces.default", SECRET.hex())
        .containsEntry("grpc.server.port", 0);
  }

  @Test
  void gateway_workers_areListedInOrder() {
    assertThat(plan(2, List.of("cpu")).gateway(List.of("h:1", "h:2")))
        .containsEntry("unmask.gateway.workers", "h:1,h:2")
        .containsEntry("grpc.server.port", 7301);
  }

  @Test
  void plan_noWorkerOrNoCache_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> plan(0, 1, List.of("cpu")));
    assertThatIllegalArgumentException().isThrownBy(() -> plan(1, 0, List.of("cpu")));
  }

  @Test
  void cache_several_haveNamesAndFoldersOfTheirOwn() {
    var plan = plan(1, 2, List.of("cpu"));
    assertThat(plan.cacheName(2)).isEqualTo("cache-service-2");
    assertThat(plan.cache(2)).containsEntry("unmask.cache.directory", "pages/cache-service-2");
  }

  @Test
  void cache_onlyOne_keepsItsNameAndFolder() {
    var plan = plan(1, 1, List.of("cpu"));
    assertThat(plan.cacheName(1)).isEqualTo("cache-service");
    assertThat(plan.cache(1)).containsEntry("unmask.cache.directory", "pages");
  }

  @Test
  void secret_asText_staysSecret() {
    assertThat(SECRET.toString()).doesNotContain(SECRET.hex());
    assertThat(SECRET.hex()).hasSize(64).isNotEqualTo(Secret.random(new Random(2)).hex());
  }

  private static Plan plan(int workers, List<String> devices) {
    return plan(workers, 1, devices);
  }

  private static Plan plan(int workers, int caches, List<String> devices) {
    var models = List.of(Path.of("a"), Path.of("b"));
    return new Plan(
        models, new Plan.Services(workers, caches), devices, 7301, Path.of("pages"), SECRET);
  }
}
