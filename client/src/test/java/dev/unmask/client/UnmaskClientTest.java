package dev.unmask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.unmask.contract.Problem;
import dev.unmask.contract.Violation;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.FinishReason;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UnmaskClientTest {
  private static final GenerateRequest REQUEST = GenerateRequest.getDefaultInstance();

  @Test
  void ask_wholeStream_returnsTextTokensAndUsage() throws IOException {
    try (var gateway = FakeGateway.telling(Events.answer());
        var client = UnmaskClient.connect(gateway.address())) {
      var seen = new ArrayList<GenerateResponse>();
      var answer = client.ask(REQUEST, seen::add);
      assertThat(answer.text()).isEqualTo("4 + 3");
      assertThat(answer.tokens()).containsExactly(100, 101, 102, 103);
      assertThat(answer.finishReason()).isEqualTo(FinishReason.FINISH_REASON_END_OF_SEQUENCE);
      assertThat(answer.usage()).isEqualTo(Events.usage());
      assertThat(seen).isEqualTo(Events.answer());
    }
  }

  @Test
  void close_generationUnderWay_cancelsTheCall() throws Exception {
    try (var gateway = FakeGateway.stuckAfter(Events.answer().subList(0, 1));
        var client = UnmaskClient.connect(gateway.address())) {
      var generation = client.generate(REQUEST);
      assertThat(generation.next().hasOpened()).isTrue();
      generation.close();
      assertThat(gateway.cancelled().await(10, TimeUnit.SECONDS)).isTrue();
      var failure = catchThrowableOfType(ClientException.class, generation::hasNext);
      assertThat(failure.code()).isEqualTo(Status.Code.CANCELLED);
    }
  }

  @Test
  void generate_deadlinePasses_failsAndCancelsTheCall() throws Exception {
    try (var gateway = FakeGateway.stuckAfter(List.of());
        var client = UnmaskClient.connect(gateway.address());
        var generation = client.generate(REQUEST, Duration.ofMillis(50))) {
      var failure = catchThrowableOfType(ClientException.class, generation::hasNext);
      assertThat(failure.code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void ask_badRequest_namesEveryViolation() throws IOException {
    var violations =
        List.of(new Violation("model", "is empty"), new Violation("spec.top_k", "must be 1 to 9"));
    try (var gateway = FakeGateway.refusing(new Problem.BadRequest(violations));
        var client = UnmaskClient.connect(gateway.address())) {
      var failure = catchThrowableOfType(ClientException.class, () -> client.ask(REQUEST, _ -> {}));
      assertThat(failure.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(failure.violations()).isEqualTo(violations);
      assertThat(failure.lines()).containsExactly("model: is empty", "spec.top_k: must be 1 to 9");
    }
  }

  @Test
  void ask_unavailable_tellsWhenToRetry() throws IOException {
    var problem = new Problem.Unavailable("no worker serves mini", Duration.ofMillis(1500));
    try (var gateway = FakeGateway.refusing(problem);
        var client = UnmaskClient.connect(gateway.address())) {
      var failure = catchThrowableOfType(ClientException.class, () -> client.ask(REQUEST, _ -> {}));
      assertThat(failure.retryAfter()).contains(Duration.ofMillis(1500));
      assertThat(failure.lines())
          .containsExactly("unavailable: no worker serves mini (retry in 1.5 s)");
    }
  }

  @Test
  void models_oneServed_returnsIt() throws IOException {
    try (var gateway = FakeGateway.telling(List.of());
        var client = UnmaskClient.connect(gateway.address())) {
      assertThat(client.models())
          .extracting(m -> m.getIdentity().getName())
          .containsExactly("mini");
    }
  }
}
