package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceBlockingStub;
import dev.unmask.decoder.v1.DetokenizeRequest;
import dev.unmask.decoder.v1.TokenizeRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Given;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client is told of canvases that are known in part, with the shipped checkpoints. */
class GivenServedTest {
  private static final String LLADA = "unmask-mini-llada";
  private static final String DREAM = "unmask-mini-dream";
  private static final String BLOCK_CAUSAL = "unmask-mini-block";
  private static final String QUESTION =
      "Question: A library has 9 shelves with 11 books each. On Monday 32 books are lent and on"
          + " Friday 4 come back. How many books are on the shelves?\nAnswer:";

  /** What stands at the answer's start, and where. */
  private static final String BEGINNING = "On shelves: 9";

  private static final String SUFFIX = "\n#### 71";
  private static final int GENERATION = 64;

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
                Stream.of(LLADA, DREAM, BLOCK_CAUSAL).map(model -> "../models/" + model).toList()));
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    worker = DecoderServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  static Stream<Arguments> requests() {
    var full =
        List.of(
            "no_cache { }",
            "prefix_cache { }",
            "dual_cache { }",
            "dual_cache { } fixed_schedule { steps: 32 }",
            "dllm_cache { kp: 8 kr: 4 }",
            "d2_cache { current_k: 16 }",
            "sparse_dllm { }",
            "wino { narrow_out_thres: 1 } no_cache { }");
    var causal = List.of("", "no_cache { }", "block_cache { within_block: true } block_length: 8");
    return Stream.concat(
        Stream.of(LLADA, DREAM).flatMap(m -> full.stream().map(spec -> Arguments.of(m, spec))),
        causal.stream().map(spec -> Arguments.of(BLOCK_CAUSAL, spec)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void decode_canvasKnownInPart_tellsTheRestAndTheWholeMiddle(String model, String spec)
      throws TextFormat.ParseException {
    var given = given(model).toBuilder();
    int suffix = 0;
    if (!model.equals(BLOCK_CAUSAL)) {
      given.setSuffixText(SUFFIX);
      suffix = tokens(model, SUFFIX).getIdsCount();
    }
    var events = decode(request(model, spec).setGiven(given).build());
    int prompt = events.getFirst().getOpened().getPromptTokens();
    int middle = GENERATION - suffix;
    var canvas = new TreeMap<Integer, Integer>();
    given.getTokensList().forEach(known -> canvas.put(known.getPosition(), known.getToken()));
    for (var event : events) {
      for (var commit : event.getDelta().getCommitsList()) {
        assertThat(canvas.put(commit.getPosition() - prompt, commit.getToken())).isNull();
        assertThat(commit.getPosition()).as("of the middle").isLessThan(prompt + middle);
      }
      event.getDelta().getRevokedList().forEach(position -> canvas.remove(position - prompt));
      assertThat(event.getCommitted().getEndPosition()).isLessThanOrEqualTo(prompt + middle);
    }
    for (var known : given.getTokensList()) {
      assertThat(canvas).containsEntry(known.getPosition(), known.getToken());
    }
    var text = text(events);
    assertThat(text).startsWith(BEGINNING).doesNotContain("<|");
    var closed = events.getLast().getClosed();
    if (suffix > 0) {
      assertThat(canvas).hasSize(middle);
      assertThat(closed.getFinishReason()).isEqualTo(FinishReason.FINISH_REASON_LENGTH);
      assertThat(closed.getUsage().getCompletionTokens()).isEqualTo(middle);
    }
    assertThat(words(model, canvas)).startsWith(text);
  }

  /** A shorter gap, filled as the model was taught to. */
  @ParameterizedTest
  @MethodSource("fullAttention")
  void decode_suffixOfTheAnswer_fillsTheGap(String model) throws TextFormat.ParseException {
    var reference = "On shelves: 9 * 11 = 99\nAfter lending: 99 - 32 = 67\nAfter returns: ";
    int gap = tokens(model, reference).getIdsCount();
    var suffix = tokens(model, "67 + 4 = 71\n#### 71");
    int length = gap + suffix.getIdsCount();
    var request =
        request(
                model,
                "fixed_schedule { tokens_per_step: 1 } generation_length: %d block_length: %d"
                    .formatted(length, length))
            .setGiven(Given.newBuilder().setSuffixTokens(suffix));
    assertThat(text(decode(request.build()))).isEqualTo(reference);
  }

  static Stream<String> fullAttention() {
    return Stream.of(LLADA, DREAM);
  }

  @Test
  void decode_suffixTextThatIsTooLong_isRefusedWithItsTokens() throws TextFormat.ParseException {
    var given = Given.newBuilder().setSuffixText("books ".repeat(GENERATION));
    var request = request(LLADA, "").setGiven(given).build();
    assertThatThrownBy(() -> decode(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining(
            "given.suffix_text must be shorter than generation_length 64 tokens, was ");
  }

  @Test
  void decode_suffixOfABlockCausalModel_isRefused() throws TextFormat.ParseException {
    var given = Given.newBuilder().setSuffixText(SUFFIX);
    var request = request(BLOCK_CAUSAL, "").setGiven(given).build();
    assertThatThrownBy(() -> decode(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("given.suffix_text must be absent with this model");
  }

  private static Given given(String model) {
    var given = Given.newBuilder();
    var ids = tokens(model, BEGINNING);
    IntStream.range(0, ids.getIdsCount())
        .forEach(
            i -> given.addTokens(GivenToken.newBuilder().setPosition(i).setToken(ids.getIds(i))));
    var line = tokens(model, "\n").getIds(0);
    return given.addTokens(GivenToken.newBuilder().setPosition(20).setToken(line)).build();
  }

  private static TokenIds tokens(String model, String text) {
    return worker
        .tokenize(
            TokenizeRequest.newBuilder()
                .setModel(model)
                .setPrompt(Prompt.newBuilder().setText(text))
                .build())
        .getTokens();
  }

  /** Text of a canvas's leading tokens, special ones left out. */
  private static String words(String model, Map<Integer, Integer> canvas) {
    var ids = TokenIds.newBuilder();
    for (int i = 0; canvas.containsKey(i); i++) {
      ids.addIds(canvas.get(i));
    }
    return worker
        .detokenize(DetokenizeRequest.newBuilder().setModel(model).setTokens(ids).build())
        .getText()
        .replaceAll("<\\|[^|]*\\|>", "");
  }

  private static String text(List<DecodeResponse> events) {
    var text = new StringBuilder();
    events.forEach(event -> text.append(event.getCommitted().getText()));
    return text.toString();
  }

  private static DecodeRequest.Builder request(String model, String spec)
      throws TextFormat.ParseException {
    var decoding = DecodingSpec.newBuilder();
    TextFormat.merge("generation_length: 64 block_length: 16 ", decoding);
    TextFormat.merge(spec, decoding);
    var question = Message.newBuilder().setRole("user").setContent(QUESTION);
    return DecodeRequest.newBuilder()
        .setRequestId("request-1")
        .setModel(model)
        .setNamespace("default")
        .setPrompt(
            Prompt.newBuilder().setConversation(Conversation.newBuilder().addMessages(question)))
        .setSpec(decoding);
  }

  private static List<DecodeResponse> decode(DecodeRequest request) {
    var events = new ArrayList<DecodeResponse>();
    worker.decode(request).forEachRemaining(events::add);
    return events;
  }
}
