package dev.unmask.client.load.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.client.Events;
import dev.unmask.client.FakeGateway;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.run.FakeTicker;
import dev.unmask.client.load.measure.Outcome;
import dev.unmask.contract.Problem;
import dev.unmask.generation.v1.GenerateRequest;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallerTest {
  private static final long MILLI = 1_000_000;

  private final FakeTicker ticker = new FakeTicker();

  /** The clock goes on a millisecond a look: on sending, on each of five events, on the end. */
  @Test
  void call_answered_countsFromTheArrival() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer())) {
      ticker.sleep(Duration.ofSeconds(2));
      var outcome = call(gateway, 500 * MILLI);
      assertThat(outcome).isInstanceOf(Outcome.Completed.class);
      var times = outcome.times();
      assertThat(times.sent()).isEqualTo(1501 * MILLI);
      assertThat(times.firstDelta()).hasValue(1503 * MILLI);
      assertThat(times.firstBlock()).hasValue(1505 * MILLI);
      assertThat(times.total()).isEqualTo(1507 * MILLI);
      assertThat(times.end()).isEqualTo(2007 * MILLI);
    }
  }

  @Test
  void call_refused_saysWhyAndWhenToComeBack() throws IOException {
    try (var gateway =
        FakeGateway.refusing(new Problem.Exhausted("no slot", Duration.ofMillis(500)))) {
      assertThat(call(gateway, 0))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                assertThat(failed.retryAfter()).contains(Duration.ofMillis(500));
              });
    }
  }

  @Test
  void call_streamThatBreaksOff_isNoAnswer() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer().subList(0, 3))) {
      assertThat(call(gateway, 0))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).isEqualTo("the stream ended early"));
    }
  }

  private Outcome call(FakeGateway gateway, long arrival) {
    try (var client = UnmaskClient.connect(gateway.address())) {
      return new Caller(client, ticker).call(GenerateRequest.getDefaultInstance(), arrival);
    }
  }
}
