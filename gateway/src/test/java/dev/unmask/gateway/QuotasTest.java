package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import dev.unmask.gateway.access.ApiKey;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceStub;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotasTest {
  private static final int BURST = 20;
  private static final int CONCURRENT = 500;

  private final ApiKey keyOfA = ApiKey.from(new Random(1));
  private final ApiKey keyOfB = ApiKey.from(new Random(2));
  private final ApiKey keyOfC = ApiKey.from(new Random(3));
  private final FakeWorker worker = FakeWorker.start("w1", model("mini"));

  @TempDir private Path folder;
  private Harness harness;

  @BeforeEach
  void start() throws IOException {
    var file = folder.resolve("tenants.yml");
    Files.writeString(
        file,
        """
        tenants:
          - {name: a, keys: [%s], quotas: {requests-per-second: 0.001, burst: %d}}
          - {name: b, keys: [%s]}
          - {name: c, keys: [%s], quotas: {concurrent: %d}}
        """
            .formatted(
                keyOfA.digest().hex(),
                BURST,
                keyOfB.digest().hex(),
                keyOfC.digest().hex(),
                CONCURRENT));
    harness =
        Harness.with(
            Map.of(
                "unmask.gateway.workers", worker.address(),
                "unmask.gateway.tenants", file.toString()));
  }

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void generate_tenTimesTheQuota_isRefusedAtOnceAndKeepsNobodyWaiting() {
    worker.script(call -> {
      if (call.request().getNamespace().equals("b")) {
        Story.tell(call);
      }
    });
    var ofA = generate(keyOfA, 10 * BURST);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> ofA.stream().filter(one -> one.over().isDone()).count() == 9 * BURST);
    ofA.stream().filter(one -> one.over().isDone()).forEach(QuotasTest::assertOverQuota);
    for (var one : generate(keyOfB, BURST)) {
      assertThat(one.over()).succeedsWithin(Duration.ofSeconds(20));
    }
    assertThat(worker.arrived()).isEqualTo(2 * BURST);
  }

  @Test
  void cancel_aThousandRequestsSentAndWaiting_leavesNoPermitBehind() {
    for (int round = 0; round < 2; round++) {
      worker.script(call -> {});
      var requests = generate(keyOfC, CONCURRENT);
      await().atMost(Duration.ofSeconds(20)).until(() -> worker.arrived() > 0);
      requests.forEach(Recorder::cancel);
      worker.script(Story::tell);
      await().atMost(Duration.ofSeconds(20)).untilAsserted(this::everyPermitOfTheTenantIsFree);
    }
  }

  private void everyPermitOfTheTenantIsFree() {
    for (var one : generate(keyOfC, CONCURRENT)) {
      assertThatCode(() -> one.over().get()).doesNotThrowAnyException();
    }
  }

  private static void assertOverQuota(Recorder refused) {
    try {
      refused.over().get();
    } catch (ExecutionException | InterruptedException e) {
      var failure = (StatusRuntimeException) e.getCause();
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(Harness.detail(failure, RetryInfo.class)).isPresent();
      assertThat(Harness.detail(failure, ErrorInfo.class).orElseThrow().getReason())
          .isEqualTo("QUOTA_REQUESTS");
      return;
    }
    throw new AssertionError("was not refused");
  }

  private List<Recorder> generate(ApiKey key, int count) {
    var requests = new ArrayList<Recorder>();
    for (int i = 0; i < count; i++) {
      var recorder = new Recorder();
      stub(key).generate(request().build(), recorder);
      recorder.ask(100);
      requests.add(recorder);
    }
    return requests;
  }

  private GenerationServiceStub stub(ApiKey key) {
    var headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
        "Bearer " + key.reveal());
    return GenerationServiceGrpc.newStub(harness.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
