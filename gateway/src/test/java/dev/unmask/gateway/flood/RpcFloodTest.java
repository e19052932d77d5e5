package dev.unmask.gateway.flood;

import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RpcFloodTest {
  private static final String GENERATE =
      GenerationServiceGrpc.getGenerateMethod().getFullMethodName();
  private static final int CONNECTIONS = 1000;
  private static final long MIB = 1 << 20;
  private static final Metadata.Key<String> NOTE =
      Metadata.Key.of("note", Metadata.ASCII_STRING_MARSHALLER);

  private FakeWorker worker;
  private Harness harness;
  private Use before;

  @BeforeEach
  void start() {
    worker = FakeWorker.start("w1", Story.model("mini"));
    harness = Harness.before(worker);
    await().atMost(Harness.CALL_TIME).until(() -> worker.watchers() > 0);
    answers();
    before = Use.now();
  }

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  /** The rapid reset of CVE-2023-44487: calls begun and taken back at once. */
  @Test
  void call_begunAndTakenBackWithoutEnd_closesItsConnectionAndNoOther() throws IOException {
    try (var attacker = RawConnection.http2(harness.port())) {
      int sent = resets(attacker, 4 * Limits.CONNECTION_RESETS);
      answers();
      assertThat(sent).isGreaterThanOrEqualTo(Limits.CONNECTION_RESETS);
      // What the gateway says is lost where it hangs up on somebody who goes on sending.
      assertThat(farewell(attacker)).as("after %s resets", sent).matches("(?s)11 .*|hung up");
    }
    answers();
    atRest();
  }

  @Test
  void connection_idleByTheThousand_takesNoThreadAndNobodysTurn() throws IOException {
    var idle = new ArrayList<RawConnection>();
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        idle.add(RawConnection.http2(harness.port()));
      }
      answers();
      var now = Use.now();
      assertThat(now.threads() - before.threads()).isLessThan(32);
      assertThat(now.heap() - before.heap()).isLessThan(CONNECTIONS * MIB / 4);
    } finally {
      idle.forEach(RawConnection::close);
    }
    atRest();
  }

  @Test
  void ping_tooMany_closesTheConnection() throws IOException {
    try (var attacker = RawConnection.http2(harness.port())) {
      for (int i = 0; i < 10; i++) {
        attacker.send(RawConnection.ping());
      }
      assertThat(attacker.farewell()).isEqualTo("11 too_many_pings");
    }
    answers();
  }

  @Test
  void metadata_atAndBeyondItsBound_isRefusedBeyondOnlyAndReachesNobody() throws Exception {
    worker.next();
    assertThat(noted(Limits.METADATA_BYTES / 2)).isEqualTo(Status.Code.OK);
    worker.next();
    assertThat(noted(Limits.METADATA_BYTES)).isNotEqualTo(Status.Code.OK);
    answers();
    worker.next();
    assertThat(worker.arrived()).isZero();
  }

  private Status.Code noted(int bytes) {
    var metadata = new Metadata();
    metadata.put(NOTE, "x".repeat(bytes));
    var stub =
        harness.blocking().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stub.generate(request().build()).forEachRemaining(_ -> {}));
    return failure == null ? Status.Code.OK : failure.getStatus().getCode();
  }

  private static String farewell(RawConnection attacker) {
    try {
      return attacker.farewell();
    } catch (IOException e) {
      return "hung up";
    }
  }

  /** Until all are sent or the gateway hangs up. */
  private static int resets(RawConnection attacker, int count) {
    int sent = 0;
    try {
      while (sent < count) {
        var some = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++, sent++) {
          some.writeBytes(RawConnection.call(2 * sent + 1, "/" + GENERATE));
          some.writeBytes(RawConnection.reset(2 * sent + 1));
        }
        attacker.send(some.toByteArray());
      }
    } catch (IOException e) {
      // It has hung up; why, is said before.
    }
    return sent;
  }

  private void answers() {
    assertThat(harness.generate(request().build()))
        .last()
        .satisfies(event -> assertThat(event.hasClosed()).isTrue());
  }

  /** Nothing is left of an attack once it is over. */
  private void atRest() {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> {
          var now = Use.now();
          assertThat(now.threads() - before.threads()).isLessThan(32);
          assertThat(now.files() - before.files()).isLessThan(32);
          assertThat(now.heap() - before.heap()).isLessThan(64 * MIB);
        });
  }
}
