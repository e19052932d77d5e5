package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.rpc.BadRequest;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceBlockingStub;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DetokenizeRequest;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.decoder.v1.PromptPieces;
import dev.unmask.decoder.v1.TokenizeRequest;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.FixedSchedule;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.PreferredMethod;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Sampling;
import dev.unmask.type.v1.Threshold;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The worker as a whole, over gRPC, with the shipped checkpoints. */
class WorkerServerTest {
  private static final String LLADA = "unmask-mini-llada";
  private static final String DREAM = "unmask-mini-dream";
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
                "unmask.worker.slots",
                2,
                "unmask.worker.models",
                List.of("../models/" + LLADA, "../models/" + DREAM)));
    channel = ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    worker = DecoderServiceGrpc.newBlockingStub(channel).withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  @AfterAll
  static void stop() {
    channel.shutdownNow();
    server.close();
  }

  private static DecodeRequest.Builder sum(String model) {
    var question =
        "Nora has 27 eggs. Yasmin has 2 times as many as Nora. How many eggs do Nora and Yasmin have"
            + " together?";
    return DecodeRequest.newBuilder()
        .setRequestId("request-1")
        .setModel(model)
        .setNamespace("default")
        .setPrompt(
            Prompt.newBuilder()
                .setConversation(
                    Conversation.newBuilder()
                        .addMessages(Message.newBuilder().setRole("user").setContent(question))));
  }

  @Test
  void watchPrefixes_fullAttention_holdsNothing() {
    var events = worker.watchPrefixes(WatchPrefixesRequest.getDefaultInstance());
    assertThat(events.next())
        .isEqualTo(
            WatchPrefixesResponse.newBuilder()
                .setSnapshot(PromptPieces.getDefaultInstance())
                .build());
  }

  private static List<DecodeResponse> decode(DecodeRequest request) {
    var events = new ArrayList<DecodeResponse>();
    worker.decode(request).forEachRemaining(events::add);
    return events;
  }

  private static String text(List<DecodeResponse> events) {
    var text = new StringBuilder();
    events.forEach(event -> text.append(event.getCommitted().getText()));
    return text.toString();
  }

  private static Map<Integer, Integer> canvas(List<DecodeResponse> events) {
    var tokens = new TreeMap<Integer, Integer>();
    for (var event : events) {
      for (var commit : event.getDelta().getCommitsList()) {
        assertThat(tokens.put(commit.getPosition(), commit.getToken()))
            .as("position %d told twice", commit.getPosition())
            .isNull();
      }
    }
    return tokens;
  }

  @ParameterizedTest
  @ValueSource(strings = {LLADA, DREAM})
  void decode_conversation_answersInOrder(String model) {
    var events = decode(sum(model).build());
    assertThat(events.getFirst().hasOpened()).isTrue();
    assertThat(events.getFirst().getOpened().getWorker()).isEqualTo("tested");
    assertThat(events.get(1).hasCheckpoint()).isTrue();
    assertThat(events.getLast().hasClosed()).isTrue();
    var closed = events.getLast().getClosed();
    assertThat(closed.getFinishReason()).isEqualTo(FinishReason.FINISH_REASON_END_OF_SEQUENCE);
    assertThat(text(events)).contains("#### 81");
    assertThat(closed.getUsage().getCompletionTokens()).isPositive();
    assertThat(closed.getUsage().getRowsComputed())
        .isLessThanOrEqualTo(closed.getUsage().getRowsUncached());
    assertThat(canvas(events)).isNotEmpty();
  }

  @Test
  void decode_withoutCache_computesEveryRowOfEveryStep() {
    var spec = DecodingSpec.newBuilder().setNoCache(NoCache.getDefaultInstance());
    var usage = decode(sum(LLADA).setSpec(spec).build()).getLast().getClosed().getUsage();
    assertThat(usage.getRowsComputed()).isEqualTo(usage.getRowsUncached());
  }

  @Test
  void decode_sameSeedTwice_sameTokens() {
    var sampling = Sampling.newBuilder().setTemperature(5).setSeed(42);
    var request = sum(LLADA).setSpec(DecodingSpec.newBuilder().setSampling(sampling)).build();
    var other =
        sum(LLADA)
            .setSpec(DecodingSpec.newBuilder().setSampling(sampling.clone().setSeed(43)))
            .build();
    assertThat(canvas(decode(request))).isEqualTo(canvas(decode(request)));
    assertThat(canvas(decode(other))).isNotEqualTo(canvas(decode(request)));
  }

  @Test
  void decode_stopString_endsBeforeIt() {
    var whole = text(decode(sum(LLADA).build()));
    var stop = whole.substring(whole.length() / 2, whole.length() / 2 + 2);
    var events = decode(sum(LLADA).setSpec(DecodingSpec.newBuilder().addStop(stop)).build());
    assertThat(text(events)).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(events.getLast().getClosed().getFinishReason())
        .isEqualTo(FinishReason.FINISH_REASON_STOP_STRING);
  }

  @Test
  void decode_manyBrokenFields_namesThemAll() {
    var spec =
        DecodingSpec.newBuilder()
            .setThreshold(Threshold.newBuilder().setThreshold(Double.NaN))
            .setGenerationLength(100)
            .setBlockLength(32)
            .setSampling(Sampling.newBuilder().setTopP(0));
    assertThatThrownBy(() -> decode(sum(LLADA).setSpec(spec).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e ->
                assertThat(fields(e))
                    .contains(
                        "spec.threshold.threshold", "spec.block_length", "spec.sampling.top_p"));
  }

  @Test
  void decode_promptLongerThanContext_namesPrompt() {
    var prompt = Prompt.newBuilder().setText("word ".repeat(5000));
    assertThatThrownBy(() -> decode(sum(LLADA).setPrompt(prompt).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class, e -> assertThat(fields(e)).contains("prompt"));
  }

  @Test
  void decode_maskSpelledInText_isRefused() {
    var prompt = Prompt.newBuilder().setText("a <|mdm_mask|> b");
    assertThatThrownBy(() -> decode(sum(LLADA).setPrompt(prompt).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void decode_unknownModel_isNotFound() {
    assertThatThrownBy(() -> decode(sum("nobody").build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> {
              assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
              assertThat(e.getMessage()).contains("nobody").contains(LLADA);
            });
  }

  @Test
  void decode_cancelled_freesTheSlot() {
    var slow =
        DecodingSpec.newBuilder()
            .setGenerationLength(1024)
            .setNoCache(NoCache.getDefaultInstance())
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1));
    try (var call = Context.current().withCancellation()) {
      call.run(() -> {
        var events = worker.decode(sum(LLADA).setSpec(slow).build());
        assertThat(events.next().hasOpened()).isTrue();
        assertThat(running()).isEqualTo(1);
      });
    }
    await().until(() -> running() == 0);
  }

  @Test
  void decode_deadlineOver_freesTheSlot() {
    var slow =
        DecodingSpec.newBuilder()
            .setGenerationLength(1024)
            .setNoCache(NoCache.getDefaultInstance())
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1));
    var hurried = worker.withDeadlineAfter(500, TimeUnit.MILLISECONDS);
    assertThatThrownBy(() ->
            hurried
                .decode(sum(LLADA).setSpec(slow).build())
                .forEachRemaining(event -> assertThat(event.hasClosed()).isFalse()))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("DEADLINE_EXCEEDED");
    await().until(() -> running() == 0);
  }

  @Test
  void decode_twoWaitForASlot_earlierDeadlineGoesFirst() throws Exception {
    var slow =
        DecodingSpec.newBuilder()
            .setGenerationLength(1024)
            .setNoCache(NoCache.getDefaultInstance())
            .setFixedSchedule(FixedSchedule.newBuilder().setTokensPerStep(1));
    var opened = Collections.synchronizedList(new ArrayList<String>());
    var threads = new ArrayList<Thread>();
    try (var first = Context.current().withCancellation();
        var second = Context.current().withCancellation()) {
      for (var place : List.of(first, second)) {
        place.run(() ->
            assertThat(worker.decode(sum(LLADA).setSpec(slow).build()).next().hasOpened())
                .isTrue());
      }
      for (int minutes : List.of(2, 1)) {
        threads.add(
            Thread.ofVirtual()
                .start(() ->
                    worker
                        .withDeadlineAfter(minutes, TimeUnit.MINUTES)
                        .decode(sum(LLADA).build())
                        .forEachRemaining(event -> note(event, minutes + " minutes", opened))));
        int waiting = threads.size();
        await().until(() -> load().getWaiting() == waiting);
      }
      first.cancel(null);
      for (var thread : threads) {
        thread.join();
      }
    }
    assertThat(opened).containsExactly("1 minutes", "2 minutes");
    await().until(() -> running() == 0);
  }

  private static void note(DecodeResponse event, String name, List<String> opened) {
    if (event.hasOpened()) {
      opened.add(name);
    }
  }

  @Test
  void tokenize_andBack_givesTheText() {
    var tokens =
        worker
            .tokenize(
                TokenizeRequest.newBuilder()
                    .setModel(LLADA)
                    .setPrompt(Prompt.newBuilder().setText("Compute 12 + 7."))
                    .build())
            .getTokens();
    var text =
        worker.detokenize(DetokenizeRequest.newBuilder().setModel(LLADA).setTokens(tokens).build());
    assertThat(text.getText()).isEqualTo("Compute 12 + 7.");
  }

  @Test
  void detokenize_unknownToken_isRefused() {
    var tokens = TokenIds.newBuilder().addIds(1 << 30);
    assertThatThrownBy(() ->
            worker.detokenize(
                DetokenizeRequest.newBuilder().setModel(LLADA).setTokens(tokens).build()))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT));
  }

  @Test
  void describeModels_twoFolders_bothDescribed() {
    assertThat(worker.describeModels(DescribeModelsRequest.getDefaultInstance()).getModelsList())
        .extracting(Model::getMaskToken)
        .containsExactly(2037, 2036);
  }

  /** The tables beside the shipped checkpoints are of these weights and fit these models. */
  @Test
  void describeModels_shippedTables_offerEveryPreference() {
    assertThat(worker.describeModels(DescribeModelsRequest.getDefaultInstance()).getModelsList())
        .allSatisfy(model ->
            assertThat(model.getPreferredMethodsList())
                .extracting(PreferredMethod::getPreference)
                .isEqualTo(PreferenceWords.all()));
  }

  private static GetLoadResponse load() {
    return worker.getLoad(GetLoadRequest.getDefaultInstance());
  }

  private static int running() {
    return load().getRunning();
  }

  private static List<String> fields(StatusRuntimeException failure) {
    var status = StatusProto.fromThrowable(failure);
    return status.getDetailsList().stream()
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
}
