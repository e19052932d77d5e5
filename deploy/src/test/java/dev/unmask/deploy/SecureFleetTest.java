package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.unmask.cache.CacheServer;
import dev.unmask.client.Answer;
import dev.unmask.client.ClientException;
import dev.unmask.client.Credentials;
import dev.unmask.client.PageCacheAdmin;
import dev.unmask.client.UnmaskClient;
import dev.unmask.gateway.GatewayServer;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.service.RunningService;
import dev.unmask.tls.Authority;
import dev.unmask.worker.WorkerServer;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Gateway, two workers and a cache-service, all by mutual TLS, for two tenants. The gateway finds
 * the second worker by its name, so its certificate must have that name and not its address.
 */
class SecureFleetTest {
  private static final Path MODEL =
      Path.of("..", "models", "unmask-mini-llada").toAbsolutePath().normalize();
  private static final ApiKey KEY_OF_A = ApiKey.from(new Random(1));
  private static final ApiKey KEY_OF_B = ApiKey.from(new Random(2));
  private static final Deque<RunningService> SERVICES = new ArrayDeque<>();

  @TempDir private static Path folder;
  private static String gateway;
  private static String cache;

  @BeforeAll
  static void start() throws IOException {
    var authority = new Authority("ours");
    authority.trust(folder.resolve("trust.pem"));
    authority.issue(folder, "cache", "localhost", "cache.example");
    authority.issue(folder, "worker", "localhost", "worker.example");
    authority.issue(folder, "gateway", "localhost", "gateway.example");
    authority.issue(folder, "client", "client.example");
    cache =
        started(
            CacheServer.start(
                settings("cache", "unmask.cache.directory", folder.resolve("pages"))));
    var one = started(WorkerServer.start(worker("worker-1")));
    var two = started(WorkerServer.start(worker("worker-2")));
    gateway = started(GatewayServer.start(gateway(one + ",dns:///" + two)));
  }

  @AfterAll
  static void stop() {
    SERVICES.forEach(RunningService::close);
  }

  @Test
  void ask_samePromptOfTwoTenants_sharesWithinEachAndNothingBetweenThem() {
    try (var ofA = client(KEY_OF_A);
        var ofB = client(KEY_OF_B)) {
      for (int i = 0; i < 3; i++) {
        var question = "A shelf holds %d boxes. How many are left?".formatted(i);
        var computed = ask(ofA, "worker-1", question);
        awaitPublished("space-a", i + 1);
        var shared = ask(ofA, "worker-2", question);
        assertThat(shared.usage().getPagesHit()).isPositive();
        assertThat(shared.tokens()).isEqualTo(computed.tokens());
        var other = ask(ofB, "worker-2", question);
        assertThat(other.usage().getPagesHit()).isZero();
        assertThat(other.usage().getPositionsReusedDevice()).isZero();
        assertThat(other.tokens()).isEqualTo(computed.tokens());
      }
    }
  }

  @Test
  void ask_inPlainText_isRefused() {
    try (var client = UnmaskClient.connect(gateway)) {
      assertThat(failure(client)).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void ask_withoutClientCertificate_isRefused() {
    var trust = Optional.of(folder.resolve("trust.pem"));
    var key = Optional.of(KEY_OF_A.reveal());
    var credentials = new Credentials(trust, Optional.empty(), Optional.empty(), key);
    try (var client = UnmaskClient.connect(gateway, credentials)) {
      assertThat(failure(client)).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  @Test
  void ask_withoutKey_isUnauthenticated() {
    try (var client = UnmaskClient.connect(gateway, credentials("client", Optional.empty()))) {
      assertThat(failure(client)).isEqualTo(Status.Code.UNAUTHENTICATED);
    }
  }

  /** A certificate of the right authority, but the cache-service lets in workers only. */
  @Test
  void cache_clientOfAnotherName_isRefused() {
    try (var admin = PageCacheAdmin.connect(cache, credentials("client", Optional.empty()))) {
      var failure = catchThrowableOfType(ClientException.class, admin::statistics);
      assertThat(failure.code()).isEqualTo(Status.Code.UNAVAILABLE);
    }
  }

  private static Answer ask(UnmaskClient client, String worker, String question) {
    return client.ask(Fleet.quick(worker, question), _ -> {});
  }

  private static Status.Code failure(UnmaskClient client) {
    return catchThrowableOfType(ClientException.class, client::models).code();
  }

  private static void awaitPublished(String namespace, int states) {
    try (var admin = PageCacheAdmin.connect(cache, credentials("worker", Optional.empty()))) {
      await()
          .atMost(Fleet.PATIENCE)
          .until(() -> {
            var count = new AtomicLong();
            admin.states(namespace, _ -> count.incrementAndGet());
            return count.get() >= states;
          });
    }
  }

  private static UnmaskClient client(ApiKey key) {
    return UnmaskClient.connect(gateway, credentials("client", Optional.of(key.reveal())));
  }

  private static Credentials credentials(String name, Optional<String> key) {
    return new Credentials(
        Optional.of(folder.resolve("trust.pem")),
        Optional.of(folder.resolve(name + ".pem")),
        Optional.of(folder.resolve(name + ".key")),
        key);
  }

  private static Map<String, Object> worker(String name) {
    var settings = settings("worker", "unmask.worker.name", name);
    settings.put("unmask.worker.models", MODEL.toString());
    settings.put("unmask.worker.device", "cpu");
    settings.put("unmask.worker.fetch", "always");
    settings.put("unmask.worker.cache", cache);
    settings.put("unmask.worker.namespaces.space-a", "the secret of tenant a");
    settings.put("unmask.worker.namespaces.b", "the secret of tenant b");
    settings.put("unmask.tls.peers", "gateway.example,cache.example");
    return settings;
  }

  private static Map<String, Object> gateway(String workers) throws IOException {
    var tenants =
        """
        tenants:
          - {name: a, namespace: space-a, keys: [%s]}
          - {name: b, keys: [%s]}
        """
            .formatted(KEY_OF_A.digest().hex(), KEY_OF_B.digest().hex());
    var file = Files.writeString(folder.resolve("tenants.yml"), tenants);
    var settings = settings("gateway", "unmask.gateway.tenants", file);
    settings.put("unmask.gateway.workers", workers);
    return settings;
  }

  private static Map<String, Object> settings(String name, String key, Object value) {
    var settings = new HashMap<String, Object>();
    settings.put("grpc.server.port", 0);
    settings.put("unmask.tls.certificate", folder.resolve(name + ".pem").toString());
    settings.put("unmask.tls.key", folder.resolve(name + ".key").toString());
    settings.put("unmask.tls.trust", folder.resolve("trust.pem").toString());
    settings.put("unmask.tls.client-auth", "require");
    if (name.equals("cache")) {
      settings.put("unmask.tls.peers", "worker.example");
    }
    settings.put(key, value.toString());
    return settings;
  }

  private static String started(RunningService service) {
    SERVICES.addFirst(service);
    return "localhost:" + service.port();
  }
}
