package dev.unmask.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.AcquireLeaseResponse;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.pagecache.v1.ReleaseLeaseRequest;
import dev.unmask.type.v1.PageKey;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Leases over a real socket. Each test has a state of its own. */
final class LeaseServerTest {
  @TempDir private static Path directory;
  private static RunningCache cache;

  @BeforeAll
  static void start() {
    cache = RunningCache.in(directory);
  }

  @AfterAll
  static void stop() {
    cache.close();
  }

  @Test
  void acquire_thenRelease_tellsTheOneThatWaits() throws Exception {
    long held = acquire(1, 60_000, 0).get(20, TimeUnit.SECONDS).getGranted().getGeneration();
    var waiting = acquire(1, 60_000, 60_000);
    var impatient = acquire(1, 60_000, 1).get(20, TimeUnit.SECONDS);

    assertThat(impatient.hasHeld()).isTrue();
    assertThat(waiting.isDone()).isFalse();
    assertThat(release(1, held, true)).isTrue();
    assertThat(waiting.get(20, TimeUnit.SECONDS).hasFulfilled()).isTrue();
    assertThat(release(1, held, true)).isFalse();
  }

  @Test
  void acquire_holderNeverComesBack_isGrantedWithinTheTerm() throws Exception {
    long dead = acquire(2, 300, 0).get(20, TimeUnit.SECONDS).getGranted().getGeneration();
    var next = acquire(2, 60_000, 60_000).get(20, TimeUnit.SECONDS);

    assertThat(next.getGranted().getGeneration()).isGreaterThan(dead);
  }

  @Test
  void acquire_callerHangsUpWhileItWaits_isPassedOver() throws Exception {
    long held = acquire(3, 60_000, 0).get(20, TimeUnit.SECONDS).getGranted().getGeneration();
    var gone = acquire(3, 60_000, 60_000);
    var third = acquire(3, 60_000, 60_000);
    gone.cancel(true);

    // Whoever is granted in vain gives the lease on; the third has it in the end.
    assertThat(release(3, held, false)).isTrue();
    assertThat(third.get(20, TimeUnit.SECONDS).hasGranted()).isTrue();
  }

  @Test
  void acquire_hundredsOfCallersWait_holdNoThreadAndAreAllTold() throws Exception {
    long held = acquire(4, 60_000, 0).get(20, TimeUnit.SECONDS).getGranted().getGeneration();
    var waiting = new ArrayList<ListenableFuture<AcquireLeaseResponse>>();
    for (int i = 0; i < 500; i++) {
      waiting.add(acquire(4, 60_000, 60_000));
    }
    // Answered although far more callers wait than there are threads.
    assertThat(acquire(4, 60_000, 0).get(20, TimeUnit.SECONDS).hasHeld()).isTrue();
    assertThat(release(4, held, true)).isTrue();
    Awaitility.await().untilAsserted(() -> assertThat(waiting).allMatch(ListenableFuture::isDone));
    for (var answer : waiting) {
      assertThat(answer.get().hasGranted()).isFalse();
    }
  }

  @Test
  void acquire_everythingWrong_namesEveryField() {
    var request =
        AcquireLeaseRequest.newBuilder()
            .setNamespace("Not A Name")
            .setState(PageKey.newBuilder().setDigest(ByteString.copyFromUtf8("short")))
            .setTerm(Durations.ZERO)
            .setWait(Durations.fromMillis(60_001))
            .build();

    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> LeaseServiceGrpc.newBlockingStub(cache.channel()).acquireLease(request));

    assertThat(fields(failure)).containsExactly("namespace", "state.digest", "term", "wait");
  }

  @Test
  void release_nameTooShort_isRefused() {
    var request = ReleaseLeaseRequest.newBuilder().setNamespace("a").build();

    var failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> LeaseServiceGrpc.newBlockingStub(cache.channel()).releaseLease(request));

    assertThat(fields(failure)).containsExactly("state.digest");
  }

  private static java.util.List<String> fields(StatusRuntimeException failure) {
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    return StatusProto.fromThrowable(failure).getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .flatMap(detail -> {
          try {
            return detail.unpack(BadRequest.class).getFieldViolationsList().stream();
          } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
          }
        })
        .map(BadRequest.FieldViolation::getField)
        .toList();
  }

  private static ListenableFuture<AcquireLeaseResponse> acquire(
      int state, long termMillis, long waitMillis) {
    return LeaseServiceGrpc.newFutureStub(cache.channel())
        .acquireLease(
            AcquireLeaseRequest.newBuilder()
                .setNamespace(RunningCache.NAMESPACE)
                .setState(Pages.key(state).toMessage())
                .setTerm(Durations.fromMillis(termMillis))
                .setWait(Durations.fromMillis(waitMillis))
                .build());
  }

  private static boolean release(int state, long generation, boolean fulfilled) {
    return LeaseServiceGrpc.newBlockingStub(cache.channel())
        .releaseLease(
            ReleaseLeaseRequest.newBuilder()
                .setNamespace(RunningCache.NAMESPACE)
                .setState(Pages.key(state).toMessage())
                .setGeneration(generation)
                .setFulfilled(fulfilled)
                .build())
        .getHeld();
  }
}
