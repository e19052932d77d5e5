package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceBlockingStub;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told of every method, with the shipped checkpoints. */
class EveryMethodServedTest {
  private static final List<String> MODELS = List.of("unmask-mini-llada", "unmask-mini-dream");
  private static final String BLOCK_CAUSAL = "unmask-mini-block";

  private static final List<String> SPECS =
      List.of(
          "entropy_bound { }",
          "klass { kl_threshold: 0.1 }",
          "wino { } no_cache { }",
          "wino { narrow_out_thres: 1 } no_cache { }",
          "wino { wide_in_thres: 0.1 narrow_out_thres: 1 } no_cache { }"
              + " compatibility: COMPATIBILITY_D2CACHE"
              + " end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL",
          "pc_sampler { }",
          "pc_sampler { debias: false }",
          "left_to_right { threshold: 0.9 }",
          "origin { steps: 32 }",
          "fixed_schedule { tokens_per_step: 4 alg_temp: 0.1 }",
          "confidence: CONFIDENCE_RANDOM fixed_schedule { tokens_per_step: 4 }",
          "dual_cache { prompt_interval_steps: 100 }",
          "prefix_cache { prompt_interval_steps: 4 }",
          "dllm_cache { kp: 8 kr: 4 }",
          "d2_cache { current_k: 16 }",
          "d2_cache { current_k: 16 mode: D2_CACHE_MODE_PAPER }",
          "sparse_dllm { }",
          "sparse_dllm { prompt_interval_steps: 100 }",
          "no_cache { } guidance { scale: 0.5 }",
          "dllm_cache { kp: 8 kr: 4 } guidance { scale: 0.5 interval: 4 }",
          "logits_eos_inf: true",
          "confidence_eos_eot_inf: true");

  private static final List<String> BLOCK_CAUSAL_SPECS =
      List.of(
          "",
          "generation_length: 50",
          "no_cache { }",
          "block_length: 32 fixed_schedule { tokens_per_step: 2 }",
          "block_cache { within_block: true } block_length: 8",
          "entropy_bound { }",
          "klass { kl_threshold: 0.1 }",
          "pc_sampler { debias: false }",
          "left_to_right { threshold: 0.9 }",
          "factor { }",
          "origin { } generation_length: 70",
          "compatibility: COMPATIBILITY_FAST_DLLM_V2 block_length: 8"
              + " end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL");

  private static WorkerServer server;
  private static ManagedChannel channel;
  private static DecoderServiceBlockingStub worker;

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
                Stream.concat(MODELS.stream(), Stream.of(BLOCK_CAUSAL))
                    .map(model -> "../models/" + model)
                    .toList()));
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    worker = DecoderServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  static Stream<Arguments> requests() {
    return Stream.concat(
        MODELS.stream().flatMap(model -> SPECS.stream().map(spec -> Arguments.of(model, spec))),
        BLOCK_CAUSAL_SPECS.stream().map(spec -> Arguments.of(BLOCK_CAUSAL, spec)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void decode_anyMethod_tellsEveryChangeOnceAndInOrder(String model, String spec)
      throws TextFormat.ParseException {
    var canvas = new TreeMap<Integer, Integer>();
    int step = 0;
    int end = 0;
    // What stands later in the text wins.
    var events = decode(model, "generation_length: 64 block_length: 16 ", spec);
    for (var event : events) {
      for (var commit : event.getDelta().getCommitsList()) {
        assertThat(canvas.put(commit.getPosition(), commit.getToken())).as("told once").isNull();
      }
      for (int position : event.getDelta().getRevokedList()) {
        assertThat(canvas.remove(position)).as("what is taken back was told").isNotNull();
      }
      if (event.hasDelta()) {
        assertThat(event.getDelta().getStep()).isEqualTo(step++);
      }
      if (event.hasCommitted()) {
        assertThat(event.getCommitted().getEndPosition())
            .as("text goes on")
            .isGreaterThanOrEqualTo(end);
        end = event.getCommitted().getEndPosition();
      }
      if (event.hasCheckpoint()) {
        assertThat(generated(event.getCheckpoint(), events)).isEqualTo(canvas);
      }
    }
    var closed = events.getLast().getClosed();
    assertThat(closed.getFinishReason())
        .isIn(FinishReason.FINISH_REASON_END_OF_SEQUENCE, FinishReason.FINISH_REASON_LENGTH);
    assertThat(closed.getUsage().getSteps()).isEqualTo(step);
    assertThat(closed.getUsage().getRowsComputed()).isPositive();
  }

  /** Generated tokens of a checkpoint; masks are the ids that no delta told. */
  private static Map<Integer, Integer> generated(
      Checkpoint checkpoint, List<DecodeResponse> events) {
    var opened = events.getFirst().getOpened();
    int mask = opened.getModel().getName().endsWith("llada") ? 2037 : 2036;
    var tokens = new TreeMap<Integer, Integer>();
    for (int i = opened.getPromptTokens(); i < checkpoint.getCanvasCount(); i++) {
      if (checkpoint.getCanvas(i) != mask) {
        tokens.put(i, checkpoint.getCanvas(i));
      }
    }
    return tokens;
  }

  private static List<DecodeResponse> decode(String model, String lengths, String spec)
      throws TextFormat.ParseException {
    var decoding = DecodingSpec.newBuilder();
    TextFormat.merge(lengths, decoding);
    TextFormat.merge(spec, decoding);
    var question = Message.newBuilder().setRole("user").setContent("Compute 12 + 7.");
    var request =
        DecodeRequest.newBuilder()
            .setRequestId("request-1")
            .setModel(model)
            .setNamespace("default")
            .setPrompt(
                Prompt.newBuilder()
                    .setConversation(Conversation.newBuilder().addMessages(question)))
            .setSpec(decoding);
    var events = new ArrayList<DecodeResponse>();
    worker.decode(request.build()).forEachRemaining(events::add);
    return events;
  }
}
