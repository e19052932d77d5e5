package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Duration;
import com.google.protobuf.TextFormat;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.StepDelta;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests whose time is bounded, of a worker with a shipped checkpoint. */
class TimeBudgetServedTest {
  private static final String SPEC =
      "generation_length: 64 block_length: 16 fixed_schedule { tokens_per_step: 1 }"
          + " end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL";

  private static WorkerServer server;
  private static ManagedChannel channel;

  @BeforeAll
  static void start() {
    server =
        WorkerServer.start(
            Map.of(
                "grpc.server.port",
                0,
                "unmask.worker.name",
                "tested",
                "unmask.worker.models",
                List.of("../models/unmask-mini-llada")));
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  @Test
  void decode_noTimeLeft_fillsTheCanvasWithAStepABlock() throws Exception {
    var events = decode(request().setTimeBudget(Duration.getDefaultInstance()).build());
    var closed = events.getLast().getClosed();
    assertThat(closed.getFinishReason()).isEqualTo(FinishReason.FINISH_REASON_DEADLINE);
    assertThat(closed.getUsage().getSteps()).isEqualTo(4);
    assertThat(closed.getUsage().getTokensHurried()).isEqualTo(60);
    assertThat(deltas(events)).extracting(StepDelta::getCommitsCount).containsOnly(16);
  }

  @Test
  void decode_timeEnough_isAsWithoutABudget() throws Exception {
    var free = decode(request().build());
    var hour = Duration.newBuilder().setSeconds(3_600);
    var bounded = decode(request().setTimeBudget(hour).build());
    assertThat(deltas(bounded)).isEqualTo(deltas(free));
    var closed = bounded.getLast().getClosed();
    assertThat(closed.getFinishReason())
        .isEqualTo(free.getLast().getClosed().getFinishReason())
        .isNotEqualTo(FinishReason.FINISH_REASON_DEADLINE);
    assertThat(closed.getUsage().getTokensHurried()).isZero();
  }

  @Test
  void decode_negativeBudget_isRefused() throws Exception {
    var past = request().setTimeBudget(Duration.newBuilder().setSeconds(-1)).build();
    assertThatThrownBy(() -> decode(past))
        .hasMessageContaining("time_budget.seconds must be at least 0, was -1");
  }

  private static List<StepDelta> deltas(List<DecodeResponse> events) {
    return events.stream()
        .filter(DecodeResponse::hasDelta)
        .map(event -> event.getDelta().toBuilder().clearRowsComputed().build())
        .toList();
  }

  private static DecodeRequest.Builder request() throws TextFormat.ParseException {
    var question = Message.newBuilder().setRole("user").setContent("Compute 12 + 7.");
    return DecodeRequest.newBuilder()
        .setRequestId("request-1")
        .setModel("unmask-mini-llada")
        .setNamespace("default")
        .setPrompt(
            Prompt.newBuilder().setConversation(Conversation.newBuilder().addMessages(question)))
        .setSpec(TextFormat.parse(SPEC, DecodingSpec.class));
  }

  private static List<DecodeResponse> decode(DecodeRequest request) {
    var events = new ArrayList<DecodeResponse>();
    DecoderServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(1, TimeUnit.MINUTES)
        .decode(request)
        .forEachRemaining(events::add);
    return events;
  }
}
