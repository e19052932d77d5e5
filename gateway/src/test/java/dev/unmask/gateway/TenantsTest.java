package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.gateway.access.Issuer;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.type.v1.Sharing;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {
  private final ApiKey keyOfA = ApiKey.from(new Random(1));
  private final ApiKey keyOfB = ApiKey.from(new Random(2));
  private final Issuer issuer = new Issuer("k1");
  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));

  @TempDir private Path folder;
  private Harness harness;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("jwks.json"), issuer.jwks());
    Files.writeString(file(), tenants(keyOfA));
    harness =
        Harness.with(
            Map.of(
                "unmask.gateway.workers", worker.address(),
                "unmask.gateway.tenants", file().toString()));
  }

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void generate_byKeysOfTwoTenants_reachesTheWorkerInTheirOwnNamespaces() throws Exception {
    for (int i = 0; i < 20; i++) {
      generate(as(keyOfA.reveal()), request().build());
      assertThat(worker.next().request().getNamespace()).isEqualTo("space-a");
      generate(as(keyOfB.reveal()), request().build());
      assertThat(worker.next().request().getNamespace()).isEqualTo("b");
    }
  }

  @Test
  void generate_byToken_reachesTheWorkerInItsTenantsNamespace() throws Exception {
    var token = issuer.signed(Issuer.claims("app-b", Instant.now()).build());
    generate(as(token), request().build());
    assertThat(worker.next().request().getNamespace()).isEqualTo("b");
  }

  @Test
  void generate_beginningInAGrantedNamespace_reachesTheWorkerAsSuch() throws Exception {
    var docs = sharing("docs");
    generate(as(keyOfA.reveal()), request().setSharing(docs).build());
    var arrived = worker.next().request();
    assertThat(arrived.getNamespace()).isEqualTo("space-a");
    assertThat(arrived.getSharing()).isEqualTo(docs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs", "space-a", "other"})
  void generate_inANamespaceNotGranted_isDenied(String namespace) {
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> generate(as(keyOfB.reveal()), request().setSharing(sharing(namespace)).build()));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    assertThat(worker.arrived()).isZero();
  }

  private static Sharing sharing(String namespace) {
    return Sharing.newBuilder().setPrefixCharacters(1).setPublicNamespace(namespace).build();
  }

  @Test
  void anyCall_withoutAKnownKey_isUnauthenticatedBeforeItIsLookedAt() {
    refused(harness.blocking(), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
    refused(as("umk_guess"), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
    var bad = GenerateRequest.getDefaultInstance();
    var failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> generate(as("umk_guess"), bad));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(failure.getStatus().getDescription()).doesNotContain("umk_guess");
    assertThat(worker.arrived()).isZero();
  }

  @Test
  void anyCall_tokenOfNoTenant_isDenied() {
    var token = issuer.signed(Issuer.claims("app-c", Instant.now()).build());
    refused(as(token), Status.Code.PERMISSION_DENIED, "PERMISSION_DENIED");
  }

  @Test
  void health_withoutAKey_isAnswered() {
    assertThat(
            HealthGrpc.newBlockingStub(harness.channel())
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void tenants_fileChanges_newKeysAreTakenWithoutARestart() throws IOException {
    var fresh = ApiKey.from(new Random(3));
    Files.writeString(file(), tenants(fresh));
    await()
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .atMost(Duration.ofSeconds(20))
        .until(() -> generate(as(fresh.reveal()), request().build()) > 0);
    refused(as(keyOfA.reveal()), Status.Code.UNAUTHENTICATED, "UNAUTHENTICATED");
  }

  private long generate(GenerationServiceBlockingStub stub, GenerateRequest request) {
    var events = new HashSet<>();
    stub.generate(request).forEachRemaining(events::add);
    return events.size();
  }

  private GenerationServiceBlockingStub as(String credential) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + credential);
    return harness.blocking().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static void refused(GenerationServiceBlockingStub stub, Status.Code code, String reason) {
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stub.listModels(ListModelsRequest.getDefaultInstance()));
    assertThat(failure.getStatus().getCode()).isEqualTo(code);
    assertThat(Harness.detail(failure, ErrorInfo.class).orElseThrow().getReason())
        .isEqualTo(reason);
  }

  private Path file() {
    return folder.resolve("tenants.yml");
  }

  private String tenants(ApiKey keyOfTheFirst) {
    return """
    issuers:
      - {issuer: "https://id.example", audience: unmask, jwks: jwks.json, algorithms: [RS256]}
    tenants:
      - {name: a, namespace: space-a, keys: [%s], public-namespaces: [docs]}
      - name: b
        keys: [%s]
        tokens: [{issuer: "https://id.example", value: app-b}]
    """
        .formatted(keyOfTheFirst.digest().hex(), keyOfB.digest().hex());
  }
}
