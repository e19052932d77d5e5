package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.CacheServer;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.TokenizeRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.NoCache;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.type.v1.Usage;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two workers and a cache-service, asked several questions about documents: sharing mode SHALLOW.
 */
@Timeout(180)
class ShallowSharingTest {
  private static final int LAYERS = 8;
  private static final int DEPTH = 1;
  private static final int GENERATION = 32;

  @TempDir private static Path directory;
  private static CacheServer cache;
  private static final List<WorkerServer> WORKERS = new ArrayList<>();
  private static final List<ManagedChannel> CHANNELS = new ArrayList<>();

  @BeforeAll
  static void start() {
    cache =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    for (var name : List.of("one", "two")) {
      var worker = WorkerServer.start(settings(name));
      WORKERS.add(worker);
      CHANNELS.add(
          ManagedChannelBuilder.forAddress("127.0.0.1", worker.port()).usePlaintext().build());
    }
  }

  private static Map<String, Object> settings(String name) {
    var settings = new HashMap<String, Object>();
    settings.put("grpc.server.port", 0);
    settings.put("unmask.worker.name", name);
    settings.put("unmask.worker.models", "../models/unmask-mini-llada");
    settings.put("unmask.worker.threads", 1);
    settings.put("unmask.worker.cache", "127.0.0.1:" + cache.port());
    settings.put("unmask.worker.namespaces.default", "a secret that both share");
    settings.put("unmask.worker.namespaces.other", "a secret of somebody else");
    return settings;
  }

  @AfterAll
  static void stop() {
    CHANNELS.forEach(ManagedChannel::shutdownNow);
    WORKERS.forEach(WorkerServer::close);
    cache.close();
  }

  private record Answered(String text, int firstRows, Usage usage) {
    SharingMode mode() {
      return usage.getSharingMode();
    }
  }

  @Test
  void decode_otherQuestionElsewhere_takesTheLowerLayers() {
    var document = document("Foster and Sons");
    var first = ask(0, question(document, "Tina"));
    var second = ask(1, question(document, "James"));

    assertThat(first.mode()).isEqualTo(SharingMode.SHARING_MODE_NONE);
    assertThat(first.text()).contains("driver");
    assertThat(second.mode()).isEqualTo(SharingMode.SHARING_MODE_SHALLOW);
    assertThat(second.text()).contains("clerk");
    int canvas = second.usage().getPromptTokens() + GENERATION;
    int prefix = prefix(document);
    assertThat(second.firstRows())
        .isEqualTo(Math.ceilDiv(canvas * LAYERS - prefix * DEPTH, LAYERS));
    assertThat(second.usage().getPagesHit()).isEqualTo(1 + DEPTH * prefix / 32);
  }

  @Test
  void decode_sameQuestionAgain_isExact() {
    var document = document("Miller and Daughters");
    var first = ask(0, question(document, "Tina"));
    var again = ask(1, question(document, "Tina"));

    assertThat(again.mode()).isEqualTo(SharingMode.SHARING_MODE_EXACT);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.firstRows()).isZero();
  }

  @Test
  void decode_shallowAnswer_isNobodysExactOne() {
    var document = document("Baker and Baker");
    ask(0, question(document, "Tina"));
    var shallow = ask(1, question(document, "James"));
    var exact = ask(0, question(document, "James").toBuilder().clearSharing().build());

    assertThat(shallow.mode()).isEqualTo(SharingMode.SHARING_MODE_SHALLOW);
    assertThat(exact.mode()).isEqualTo(SharingMode.SHARING_MODE_NONE);
    assertThat(exact.firstRows()).isEqualTo(exact.usage().getPromptTokens() + GENERATION);
  }

  @Test
  void decode_otherNamespaceDepthOrLengthClass_takesNothing() {
    var document = document("Smith and Partners");
    ask(0, question(document, "Tina"));
    var james = question(document, "James");
    var deeper = Sharing.newBuilder(james.getSharing()).setShallow(depth(2));
    var longer = DecodingSpec.newBuilder().setGenerationLength(96);

    assertThat(
            Stream.of(
                    james.toBuilder().setNamespace("other"),
                    james.toBuilder().setSharing(deeper),
                    james.toBuilder().setSpec(longer))
                .map(request -> ask(1, request.build()).mode()))
        .containsOnly(SharingMode.SHARING_MODE_NONE);
  }

  @Test
  void decode_otherCachePolicy_takesTheSameState() {
    var document = document("Hill and Co");
    ask(0, question(document, "Tina"));
    var uncached =
        question(document, "James").toBuilder()
            .setSpec(
                DecodingSpec.newBuilder()
                    .setGenerationLength(GENERATION)
                    .setNoCache(NoCache.getDefaultInstance()));

    assertThat(ask(1, uncached.build()).mode()).isEqualTo(SharingMode.SHARING_MODE_SHALLOW);
  }

  @Test
  void decode_manyQuestionsAtOnce_allAnswerAndSomeShare() throws Exception {
    var document = document("Young and Old");
    var answers = new ArrayList<Answered>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          Stream.of("Tina", "James", "Flora", "Karen")
              .<Callable<Answered>>map(
                  name -> () -> ask(name.length() % 2, question(document, name)))
              .toList();
      for (var answer : threads.invokeAll(asked)) {
        answers.add(answer.get());
      }
    }

    assertThat(answers).extracting(Answered::text).allMatch(text -> text.contains("####"));
    assertThat(answers)
        .extracting(Answered::mode)
        .contains(SharingMode.SHARING_MODE_NONE, SharingMode.SHARING_MODE_SHALLOW);
  }

  private static String document(String firm) {
    return "Staff of "
        + firm
        + ".\n- Tina: driver, room 498, 39 years\n- James: clerk, room 490, 17 years\n"
        + "- Flora: accountant, room 251, 24 years\n- Karen: clerk, room 133, 10 years\n";
  }

  private static DecodeRequest question(String document, String name) {
    var text = document + "\nQuestion: What is the role of " + name + "?";
    return DecodeRequest.newBuilder()
        .setRequestId("request")
        .setModel("unmask-mini-llada")
        .setNamespace("default")
        .setPrompt(prompt(text))
        .setSpec(DecodingSpec.newBuilder().setGenerationLength(GENERATION))
        .setSharing(Sharing.newBuilder().setPrefixTokens(prefix(document)).setShallow(depth(DEPTH)))
        .build();
  }

  private static ShallowSharing depth(int depth) {
    return ShallowSharing.newBuilder().setDepth(depth).build();
  }

  private static Prompt prompt(String text) {
    return Prompt.newBuilder()
        .setConversation(
            Conversation.newBuilder()
                .addMessages(Message.newBuilder().setRole("user").setContent(text)))
        .build();
  }

  /** Whole spans of the document's tokens. */
  private static int prefix(String document) {
    var tokens =
        stub(0)
            .tokenize(
                TokenizeRequest.newBuilder()
                    .setModel("unmask-mini-llada")
                    .setPrompt(prompt(document))
                    .build());
    return (tokens.getTokens().getIdsCount() - 8) / 32 * 32;
  }

  private static DecoderServiceGrpc.DecoderServiceBlockingStub stub(int worker) {
    return DecoderServiceGrpc.newBlockingStub(CHANNELS.get(worker))
        .withDeadlineAfter(2, TimeUnit.MINUTES);
  }

  private static Answered ask(int worker, DecodeRequest request) {
    var text = new StringBuilder();
    var usage = Usage.getDefaultInstance();
    int firstRows = -1;
    var events = stub(worker).decode(request);
    while (events.hasNext()) {
      DecodeResponse event = events.next();
      text.append(event.getCommitted().getText());
      if (event.hasDelta() && firstRows < 0) {
        firstRows = event.getDelta().getRowsComputed();
      }
      usage = event.hasClosed() ? event.getClosed().getUsage() : usage;
    }
    return new Answered(text.toString(), firstRows, usage);
  }
}
