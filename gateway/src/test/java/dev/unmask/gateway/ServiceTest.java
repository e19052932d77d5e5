package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static dev.unmask.gateway.Story.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.google.rpc.BadRequest;
import com.google.rpc.RetryInfo;
import dev.unmask.generation.v1.DetokenizeRequest;
import dev.unmask.generation.v1.GetModelRequest;
import dev.unmask.generation.v1.ListModelsRequest;
import dev.unmask.generation.v1.TokenizeRequest;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ServiceTest {
  @Test
  void models_ofTwoWorkers_areListedAndDescribed() {
    try (var one = FakeWorker.start("w1", model("b"), model("a"));
        var two = FakeWorker.start("w2", model("b"), model("c"));
        var harness = Harness.before(one, two)) {
      var listed = harness.blocking().listModels(ListModelsRequest.getDefaultInstance());
      assertThat(listed.getModelsList())
          .extracting(listedModel -> listedModel.getIdentity().getName())
          .containsExactly("a", "b", "c");
      assertThat(harness.blocking().getModel(named("c")).getModel()).isEqualTo(model("c"));
      var failure = failure(() -> harness.blocking().getModel(named("d")));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(failure.getStatus().getDescription()).contains("d;").contains("a, b, c");
      assertThat(failure(() -> harness.blocking().getModel(named(""))).getStatus().getCode())
          .isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void model_notNamedAmongSeveral_isAViolationThatListsThem() {
    try (var worker = FakeWorker.start("w1", model("a"), model("b"));
        var harness = Harness.before(worker)) {
      var failure = failure(() -> harness.generate(request().build()));
      assertThat(Harness.detail(failure, BadRequest.class).orElseThrow().getFieldViolations(0))
          .satisfies(violation -> {
            assertThat(violation.getField()).isEqualTo("model");
            assertThat(violation.getDescription()).contains("a, b");
          });
      assertThat(harness.generate(request().setModel("b").build())).isNotEmpty();
    }
  }

  @Test
  void tokens_thereAndBack_areRelayed() {
    try (var worker = FakeWorker.start("w1", model("mini"));
        var harness = Harness.before(worker)) {
      var tokens =
          harness
              .blocking()
              .tokenize(
                  TokenizeRequest.newBuilder().setPrompt(Prompt.newBuilder().setText("ab")).build())
              .getTokens();
      assertThat(tokens.getIdsList()).containsExactly((int) 'a', (int) 'b');
      var text =
          harness.blocking().detokenize(DetokenizeRequest.newBuilder().setTokens(tokens).build());
      assertThat(text.getText()).isEqualTo("w1:ab");
    }
  }

  @Test
  void everyMethod_withoutAWorker_isUnavailableWithRetryInfo() {
    try (var gone = FakeWorker.start("w1", model("mini"))) {
      var address = gone.address();
      gone.die();
      try (var harness = Harness.at(address)) {
        unavailable(() -> harness.generate(request().build()));
        unavailable(() -> harness.generate(request().setModel("mini").build()));
        unavailable(() -> harness.blocking().listModels(ListModelsRequest.getDefaultInstance()));
        unavailable(() -> harness.blocking().getModel(named("mini")));
        var tokens = TokenIds.newBuilder().addIds(1);
        unavailable(() ->
            harness
                .blocking()
                .detokenize(DetokenizeRequest.newBuilder().setTokens(tokens).build()));
      }
    }
  }

  @Test
  void badInput_withoutAWorker_isStillNamed() {
    try (var harness = Harness.at("127.0.0.1:1")) {
      var failure = failure(() -> harness.generate(request().clearPrompt().build()));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void worker_thatComesBack_isUsedAgain() {
    var first = FakeWorker.start("w1", model("mini"));
    int port = first.port();
    try (var harness = Harness.before(first)) {
      assertThat(harness.generate(request().build())).isNotEmpty();
      first.die();
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> unavailable(() -> harness.generate(request().build())));
      unavailable(() -> harness.blocking().getModel(named("mini")));
      try (var second = FakeWorker.start("w1", port, model("mini"))) {
        await()
            .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
            .atMost(Duration.ofSeconds(10))
            .until(() -> !harness.generate(request().build()).isEmpty());
        assertThat(second.arrived()).isPositive();
      }
    }
  }

  @Test
  void worker_namedByTheRequest_decodesIt() throws Exception {
    try (var one = FakeWorker.start("w1", model("mini"));
        var two = FakeWorker.start("w2", model("mini"));
        var harness = Harness.before(one, two)) {
      for (int i = 0; i < 5; i++) {
        harness.generate(request().setWorker("w2").build());
        harness.generate(request().setWorker("w1").build());
      }
      assertThat(one.arrived()).isEqualTo(5);
      assertThat(two.arrived()).isEqualTo(5);
    }
  }

  @Test
  void namespace_ofTheSettings_reachesTheWorker() throws Exception {
    try (var worker = FakeWorker.start("w1", model("mini"));
        var harness =
            Harness.with(
                Map.of(
                    "unmask.gateway.workers",
                    worker.address(),
                    "unmask.gateway.namespace",
                    "team-a"))) {
      harness.generate(request().build());
      assertThat(worker.next().request().getNamespace()).isEqualTo("team-a");
    }
  }

  @Test
  void health_ofARunningGateway_isServing() {
    try (var harness = Harness.at("127.0.0.1:1")) {
      var answer =
          HealthGrpc.newBlockingStub(harness.channel())
              .check(HealthCheckRequest.getDefaultInstance());
      assertThat(answer.getStatus()).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void reflection_listsTheServices() {
    try (var harness = Harness.at("127.0.0.1:1")) {
      var answer = new CompletableFuture<ServerReflectionResponse>();
      var requests =
          ServerReflectionGrpc.newStub(harness.channel()).serverReflectionInfo(first(answer));
      requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
      requests.onCompleted();
      assertThat(answer.join().getListServicesResponse().getServiceList())
          .extracting(ServiceResponse::getName)
          .contains(
              "unmask.generation.v1.GenerationService",
              "grpc.health.v1.Health",
              "grpc.reflection.v1alpha.ServerReflection");
    }
  }

  private static <T> StreamObserver<T> first(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }

  private static void unavailable(ThrowingCallable call) {
    var failure = failure(call);
    assertThat(failure).isNotNull();
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(Harness.detail(failure, RetryInfo.class)).isPresent();
  }

  private static GetModelRequest named(String model) {
    return GetModelRequest.newBuilder().setModel(model).build();
  }

  private static StatusRuntimeException failure(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call);
  }
}
