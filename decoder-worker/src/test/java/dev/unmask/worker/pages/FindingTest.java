package dev.unmask.worker.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.SettableFuture;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Finding finding = new Finding(Patience.Waiting.REAL);
  private final AtomicInteger heard = new AtomicInteger();

  @Test
  void await_answerInTime_returnsItAndHearsItOnce() throws Exception {
    assertThat(finding.await(Futures.immediateFuture("there"), LONG, heard::incrementAndGet))
        .isEqualTo("there");
    assertThat(heard).hasValue(1);
  }

  @Test
  void await_answerAfterTheWait_isLateAndIsHeardAllTheSame() {
    var call = SettableFuture.<String>create();
    var late = late(call);
    assertThat(late.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    assertThat(call.isCancelled()).isFalse();
    assertThat(heard).hasValue(0);

    call.set("there");
    assertThat(heard).hasValue(1);
  }

  @Test
  void await_failureAfterTheWait_isNotHeard() {
    var call = SettableFuture.<String>create();
    var _ = late(call);
    call.setException(Status.UNAVAILABLE.asRuntimeException());
    assertThat(heard).hasValue(0);
  }

  @Test
  void await_failure_hasItsStatus() {
    var call = Futures.<String>immediateFailedFuture(Status.UNAVAILABLE.asRuntimeException());
    var failure =
        catchThrowableOfType(
            StatusException.class, () -> finding.await(call, LONG, heard::incrementAndGet));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(heard).hasValue(0);
  }

  @Test
  void await_callerInterrupted_cancelsTheCall() {
    var call = SettableFuture.<String>create();
    Thread.currentThread().interrupt();
    var failure =
        catchThrowableOfType(
            InterruptedException.class, () -> finding.await(call, LONG, heard::incrementAndGet));
    assertThat(failure).isNotNull();
    assertThat(call.isCancelled()).isTrue();
  }

  private StatusException late(SettableFuture<String> call) {
    return catchThrowableOfType(
        StatusException.class, () -> finding.await(call, SHORT, heard::incrementAndGet));
  }
}
