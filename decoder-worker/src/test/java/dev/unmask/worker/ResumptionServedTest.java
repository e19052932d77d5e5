package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceBlockingStub;
import dev.unmask.decoder.v1.Resumption;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.StepDelta;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that one worker began and another one ends, with the shipped checkpoints. */
class ResumptionServedTest {
  private static final String LLADA = "unmask-mini-llada";
  private static final String DREAM = "unmask-mini-dream";
  private static final String BLOCK_CAUSAL = "unmask-mini-block";
  private static final String LENGTHS = "generation_length: 48 block_length: 16 ";

  private static final List<WorkerServer> SERVERS = new ArrayList<>();
  private static final List<ManagedChannel> CHANNELS = new ArrayList<>();

  @BeforeAll
  static void start() {
    for (var name : List.of("lost", "other")) {
      var server =
          WorkerServer.start(
              Map.of(
                  "grpc.server.port",
                  0,
                  "unmask.worker.name",
                  name,
                  "unmask.worker.models",
                  Stream.of(LLADA, DREAM, BLOCK_CAUSAL)
                      .map(model -> "../models/" + model)
                      .toList()));
      SERVERS.add(server);
      CHANNELS.add(
          ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build());
    }
  }

  @AfterAll
  static void stop() {
    CHANNELS.forEach(ManagedChannel::shutdownNow);
    SERVERS.forEach(WorkerServer::close);
  }

  static Stream<Arguments> requests() {
    var full =
        List.of(
            "threshold { } dual_cache { }",
            "threshold { } no_cache { }",
            "threshold { } prefix_cache { prompt_interval_steps: 4 }",
            "fixed_schedule { steps: 24 } dual_cache { }",
            "fixed_schedule { time { steps: 24 } } sparse_dllm { }",
            "entropy_bound { } dllm_cache { kp: 8 kr: 4 }",
            "klass { kl_threshold: 0.1 } d2_cache { current_k: 16 }",
            "wino { wide_in_thres: 0.3 narrow_out_thres: 1 } no_cache { }",
            "dllm_cache { kp: 8 kr: 4 } guidance { scale: 0.5 interval: 4 }",
            "end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL");
    var causal =
        List.of(
            "",
            "no_cache { }",
            "block_cache { within_block: true } block_length: 8",
            "fixed_schedule { tokens_per_step: 2 }",
            "compatibility: COMPATIBILITY_FAST_DLLM_V2 block_length: 8"
                + " end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL");
    return Stream.concat(
        Stream.of(LLADA, DREAM).flatMap(m -> full.stream().map(spec -> Arguments.of(m, spec))),
        causal.stream().map(spec -> Arguments.of(BLOCK_CAUSAL, spec)));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void decode_cutAfterAnyDelta_goesOnFromWhatWasTold(String model, String spec) throws Exception {
    var request = request(model, spec);
    var whole = decode(0, request.build());
    for (int cut = 2; cut < whole.size(); cut += 3) {
      var told = new Told(whole.subList(0, cut));
      if (told.checkpoint.getCanvasCount() > 0) {
        var rest = decode(1, request.clone().setResumption(told.resumption()).build());
        goesOn(told, rest);
      }
    }
  }

  private static void goesOn(Told told, List<DecodeResponse> rest) {
    var canvas = new TreeMap<>(told.canvas);
    int step = told.checkpoint.getStep() + told.steps;
    for (var event : rest) {
      var delta = event.getDelta();
      if (event.hasDelta()) {
        assertThat(delta.getStep()).as("steps go on").isEqualTo(step++);
        assertThat(delta.getBlock()).isGreaterThanOrEqualTo(told.checkpoint.getBlock());
      }
      delta
          .getCommitsList()
          .forEach(
              commit -> assertThat(canvas.put(commit.getPosition(), commit.getToken())).isNull());
      for (int position : delta.getRevokedList()) {
        assertThat(told.canvas).as("what was told stays").doesNotContainKey(position);
        canvas.remove(position);
      }
    }
    assertThat(canvas).containsAllEntriesOf(told.canvas);
    var closed = rest.getLast().getClosed();
    assertThat(closed.getUsage().getSteps()).isEqualTo(step);
    int prompt = rest.getFirst().getOpened().getPromptTokens();
    int decoded =
        closed.getFinishReason() == FinishReason.FINISH_REASON_END_OF_SEQUENCE
            ? closed.getUsage().getCompletionTokens() + 1
            : rest.getFirst().getOpened().getGenerationLength();
    for (int i = prompt; i < prompt + decoded; i++) {
      assertThat(canvas).as("full").containsKey(i);
    }
  }

  /** What follows from the canvas alone does not depend on who computes it. */
  @ParameterizedTest
  @CsvSource({LLADA, DREAM, BLOCK_CAUSAL})
  void decode_cutAtABlockStart_isTokenIdentical(String model) throws Exception {
    var spec = model.equals(BLOCK_CAUSAL) ? "threshold { }" : "threshold { } dual_cache { }";
    var request = request(model, spec);
    var whole = decode(0, request.build());
    int starts = 0;
    for (int cut = 1; cut < whole.size(); cut++) {
      if (whole.get(cut - 1).hasCheckpoint()) {
        starts++;
        var told = new Told(whole.subList(0, cut));
        var rest = decode(1, request.clone().setResumption(told.resumption()).build());
        assertThat(commits(rest)).isEqualTo(commits(whole.subList(cut, whole.size())));
        assertThat(text(whole.subList(0, cut)) + text(rest)).isEqualTo(text(whole));
        assertThat(comparable(rest.getLast().getClosed()))
            .isEqualTo(comparable(whole.getLast().getClosed()));
      }
    }
    assertThat(starts).isGreaterThan(1);
  }

  /** The worker was lost between a block's last step and its text. */
  @Test
  void decode_blockToldWhole_tellsItsTextFirst() throws Exception {
    var request = request(LLADA, "threshold { } dual_cache { }");
    var whole = decode(0, request.build());
    for (int cut = 1; cut < whole.size(); cut++) {
      if (whole.get(cut).hasCommitted()) {
        var told = new Told(whole.subList(0, cut));
        var rest = decode(1, request.clone().setResumption(told.resumption()).build());
        assertThat(rest.get(1)).isEqualTo(whole.get(cut));
        assertThat(commits(rest)).isEqualTo(commits(whole.subList(cut, whole.size())));
      }
    }
  }

  @Test
  void decode_stopStringAcrossTheCut_endsTheText() throws Exception {
    var request = request(LLADA, "threshold { } dual_cache { }");
    var whole = decode(0, request.build());
    var text = text(whole);
    request.getSpecBuilder().addStop(text.substring(text.length() - 4));
    var stopped = decode(0, request.build());
    var last = new Told(stopped.subList(0, stopped.size() - 3));
    var rest = decode(1, request.clone().setResumption(last.resumption()).build());
    assertThat(rest.getLast().getClosed().getFinishReason())
        .isEqualTo(FinishReason.FINISH_REASON_STOP_STRING);
  }

  @Test
  void decode_canvasThatDoesNotFit_isRefusedByFieldAndBound() throws Exception {
    var whole = decode(0, request(LLADA, "threshold { } dual_cache { }").build());
    var told = new Told(whole.subList(0, 4)).resumption();
    int prompt = whole.getFirst().getOpened().getPromptTokens();
    refused(
        told,
        r -> r.getCheckpointBuilder().addCanvas(1),
        "canvas must have %d positions (a prompt of %d, generation_length 48), had %d"
            .formatted(prompt + 48, prompt, prompt + 49));
    refused(told, r -> r.getCheckpointBuilder().setCanvas(0, 7), "canvas[0] must be ");
    refused(
        told,
        r -> r.getCheckpointBuilder().setCanvas(prompt, -1),
        "must be below the vocabulary size ");
    refused(
        told, r -> r.getCheckpointBuilder().setBlock(3), "checkpoint.block must be below 3, was 3");
    refused(
        told,
        r -> r.getCheckpointBuilder().setBlock(1),
        "must have no masks left of block 1, had 16");
    refused(
        told,
        r -> r.getCheckpointBuilder().setCanvas(prompt + 40, 7),
        "from the start of block 0, had 1 tokens");
    refused(
        told,
        r -> r.clearSteps(),
        "resumption.steps must be at least 1, as tokens were told, was 0");
    refused(told, r -> r.setSteps(900), "must, with checkpoint.step, be at most 102, was 900");
    refused(
        told,
        r -> r.getToldBuilder(0).setPosition(prompt + 16),
        "told[0].position must be in [%d, %d], block 0".formatted(prompt, prompt + 15));
    refused(told, r -> r.addTold(r.getTold(0)), "must be above the one before");
    refused(
        told,
        r -> r.getToldBuilder(0).setToken(2037),
        "told[0].token must not be the mask token 2037");
  }

  private static void refused(
      Resumption told, Consumer<Resumption.Builder> change, String description)
      throws TextFormat.ParseException {
    var changed = told.toBuilder();
    change.accept(changed);
    var request = request(LLADA, "threshold { } dual_cache { }").setResumption(changed).build();
    assertThatThrownBy(() -> decode(1, request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining(description);
  }

  /** What a gateway knows of a request when its worker is lost. */
  private static final class Told {
    private Checkpoint checkpoint = Checkpoint.getDefaultInstance();
    private final Map<Integer, Integer> canvas = new TreeMap<>();
    private final Map<Integer, Integer> since = new TreeMap<>();
    private int steps;

    Told(List<DecodeResponse> events) {
      for (var event : events) {
        if (event.hasCheckpoint()) {
          checkpoint = event.getCheckpoint();
          since.clear();
          steps = 0;
        }
        if (event.hasDelta()) {
          take(event.getDelta());
        }
      }
    }

    private void take(StepDelta delta) {
      steps++;
      for (var commit : delta.getCommitsList()) {
        canvas.put(commit.getPosition(), commit.getToken());
        since.put(commit.getPosition(), commit.getToken());
      }
      for (int position : delta.getRevokedList()) {
        canvas.remove(position);
        since.remove(position);
      }
    }

    Resumption resumption() {
      var resumption = Resumption.newBuilder().setCheckpoint(checkpoint).setSteps(steps);
      since.forEach((position, token) ->
          resumption.addTold(GivenToken.newBuilder().setPosition(position).setToken(token)));
      return resumption.build();
    }
  }

  private static Closed comparable(Closed closed) {
    var comparable = closed.toBuilder();
    var usage = closed.getUsage();
    comparable
        .getUsageBuilder()
        .clear()
        .setSteps(usage.getSteps())
        .setPromptTokens(usage.getPromptTokens())
        .setCompletionTokens(usage.getCompletionTokens())
        .setTokensPerStep(usage.getTokensPerStep());
    return comparable.build();
  }

  /** Positions and tokens of each step. */
  private static Map<Integer, List<String>> commits(List<DecodeResponse> events) {
    var commits = new TreeMap<Integer, List<String>>();
    for (var event : events) {
      if (event.hasDelta()) {
        commits.put(
            event.getDelta().getStep(),
            event.getDelta().getCommitsList().stream()
                .map(commit -> commit.getPosition() + " " + commit.getToken())
                .toList());
      }
    }
    return commits;
  }

  private static String text(List<DecodeResponse> events) {
    var text = new StringBuilder();
    events.forEach(event -> text.append(event.getCommitted().getText()));
    return text.toString();
  }

  private static DecodeRequest.Builder request(String model, String spec)
      throws TextFormat.ParseException {
    var decoding = DecodingSpec.newBuilder();
    TextFormat.merge(LENGTHS, decoding);
    TextFormat.merge(spec, decoding);
    var question =
        "Question: A library has 9 shelves with 11 books each. On Monday 32 books are lent and on"
            + " Friday 4 come back. How many books are on the shelves?\nAnswer:";
    return DecodeRequest.newBuilder()
        .setRequestId("request-1")
        .setModel(model)
        .setNamespace("default")
        .setPrompt(
            Prompt.newBuilder()
                .setConversation(
                    Conversation.newBuilder()
                        .addMessages(Message.newBuilder().setRole("user").setContent(question))))
        .setSpec(decoding);
  }

  private static List<DecodeResponse> decode(int number, DecodeRequest request) {
    DecoderServiceBlockingStub worker =
        DecoderServiceGrpc.newBlockingStub(CHANNELS.get(number))
            .withDeadlineAfter(1, TimeUnit.MINUTES);
    var events = new ArrayList<DecodeResponse>();
    worker.decode(request).forEachRemaining(events::add);
    return events;
  }
}
