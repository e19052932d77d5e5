package dev.unmask.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.cache.CacheServer;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
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
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The shipped block-causal checkpoint on three workers: two share a cache-service, the third shares
 * nothing, and tells what is right.
 */
@Timeout(240)
class BlockSharingServedTest {
  private static final int FIRST_REQUESTS = 8;
  private static final String DOCUMENT = "- Tina: driver, room 498, 39 years\n".repeat(12);

  @TempDir private static Path directory;
  private static CacheServer cache;
  private static Worker one;
  private static Worker two;
  private static Worker alone;

  private record Worker(WorkerServer server, ManagedChannel channel) implements AutoCloseable {
    static Worker start(String name, Map<String, Object> more) {
      var settings = new HashMap<String, Object>(more);
      settings.put("grpc.server.port", 0);
      settings.put("unmask.worker.name", name);
      settings.put("unmask.worker.models", "../models/unmask-mini-block");
      settings.put("unmask.worker.threads", 1);
      var server = WorkerServer.start(settings);
      var channel =
          ManagedChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
      return new Worker(server, channel);
    }

    Answered ask(String namespace, Message... messages) {
      return ask(namespace, Sharing.getDefaultInstance(), messages);
    }

    Answered ask(String namespace, Sharing sharing, Message... messages) {
      var conversation = Conversation.newBuilder().addAllMessages(List.of(messages));
      var request =
          DecodeRequest.newBuilder()
              .setRequestId("request")
              .setModel("unmask-mini-block")
              .setNamespace(namespace)
              .setPrompt(Prompt.newBuilder().setConversation(conversation));
      if (!sharing.equals(Sharing.getDefaultInstance())) {
        request.setSharing(sharing);
      }
      var commits = new ArrayList<Commit>();
      var text = new StringBuilder();
      var usage = Usage.getDefaultInstance();
      var events =
          DecoderServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(2, TimeUnit.MINUTES)
              .decode(request.build());
      while (events.hasNext()) {
        DecodeResponse event = events.next();
        commits.addAll(event.getDelta().getCommitsList());
        text.append(event.getCommitted().getText());
        usage = event.hasClosed() ? event.getClosed().getUsage() : usage;
      }
      return new Answered(commits, text.toString(), usage);
    }

    @Override
    public void close() {
      channel.shutdownNow();
      server.close();
    }
  }

  /** What came of a request. */
  private record Answered(List<Commit> commits, String text, Usage usage) {
    /** Positions and tokens; confidences may differ in their last digits. */
    List<List<Integer>> tokens() {
      return commits.stream()
          .map(commit -> List.of(commit.getPosition(), commit.getToken()))
          .toList();
    }
  }

  @BeforeAll
  static void start() {
    cache =
        CacheServer.start(
            new HashMap<>(
                Map.of("unmask.cache.directory", directory.toString(), "grpc.server.port", 0)));
    Map<String, Object> shared =
        Map.of(
            "unmask.worker.cache",
            "127.0.0.1:" + cache.port(),
            "unmask.worker.fetch",
            "always",
            "unmask.worker.namespaces.default",
            "a secret that both share",
            "unmask.worker.namespaces.other",
            "a secret of another one",
            "unmask.worker.namespaces.public",
            "a secret of those who were granted it");
    one = Worker.start("one", shared);
    two = Worker.start("two", shared);
    alone = Worker.start("alone", Map.of("unmask.worker.retained-share", 0));
  }

  @AfterAll
  static void stop() {
    List.of(one, two, alone).forEach(Worker::close);
    cache.close();
  }

  @Test
  void decode_otherQuestionOfADocument_findsItOnAnyWorkerAndAnswersAsAlone() {
    var first = one.ask("default", user("Staff.\n" + DOCUMENT + "\nQuestion: Where is Tina?"));
    var other = user("Staff.\n" + DOCUMENT + "\nQuestion: How old is Tina?");

    var found =
        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(() -> two.ask("default", other), a -> a.usage().getPagesHit() > 0);
    var here = one.ask("default", other);
    var right = alone.ask("default", other);

    assertThat(found.tokens()).isEqualTo(right.tokens());
    assertThat(found.usage().getSharingMode()).isEqualTo(SharingMode.SHARING_MODE_BLOCK_CAUSAL);
    assertThat(here.tokens()).isEqualTo(right.tokens());
    assertThat(here.usage().getPositionsReusedDevice())
        .as("of a prompt of %d", first.usage().getPromptTokens())
        .isGreaterThan(150);
    long saved = right.usage().getRowsComputed() - found.usage().getRowsComputed();
    assertThat(saved).as("rows the document takes").isGreaterThan(150);
    assertThat(right.usage().getSharingMode()).isEqualTo(SharingMode.SHARING_MODE_NONE);
  }

  @Test
  void decode_nextTurn_findsPromptAndAnswerOfTheLastOne() {
    var question = user("Papers.\n" + DOCUMENT + "\nList every line once more, please.");
    var first = one.ask("default", question);
    var more = user("And once more.");
    var answer = Message.newBuilder().setRole("assistant").setContent(first.text()).build();

    var here = one.ask("default", question, answer, more);
    var right = alone.ask("default", question, answer, more);
    var there =
        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(
                () -> two.ask("default", question, answer, more),
                a -> a.usage().getPagesHit() > 0 || a.usage().getPositionsReusedDevice() > 0);

    assertThat(here.tokens()).isEqualTo(right.tokens());
    assertThat(there.tokens()).isEqualTo(right.tokens());
    int known = first.usage().getPromptTokens() + first.usage().getCompletionTokens();
    assertThat(here.usage().getPositionsReusedDevice())
        .as("whole links of prompt and answer, but for the last block")
        .isGreaterThan(known - 3 * 32);
  }

  @Test
  void decode_anotherNamespace_findsNothing() {
    var question = user("Secret.\n" + DOCUMENT + "\nQuestion: Where is Tina?");
    one.ask("default", question);

    for (var worker : List.of(one, two)) {
      var asked = worker.ask("other", user("Secret.\n" + DOCUMENT + "\nQuestion: Who is old?"));
      assertThat(asked.usage().getPositionsReusedDevice()).isZero();
      if (worker.equals(one)) {
        assertThat(asked.usage().getPagesHit()).isZero();
      }
    }
  }

  @Test
  void decode_grantedBeginning_isFoundByAnotherTenantAndAnswersAsAlone() {
    var granted = Sharing.newBuilder().setPublicNamespace("public").setPrefixMessages(1).build();
    var system = Message.newBuilder().setRole("system").setContent("Rules.\n" + DOCUMENT).build();
    one.ask("default", granted, system, user("Where is Tina?"));
    var question = user("How old is Tina?");

    var found =
        Awaitility.await()
            .atMost(30, TimeUnit.SECONDS)
            .until(
                () -> two.ask("other", granted, system, question),
                a -> a.usage().getPagesHit() > 0);
    var ungranted = one.ask("other", system, question);

    assertThat(found.tokens()).isEqualTo(alone.ask("other", system, question).tokens());
    assertThat(ungranted.usage().getPagesHit()).isZero();
    assertThat(ungranted.usage().getPositionsReusedDevice()).isZero();
  }

  @Test
  void decode_manyFirstRequestsOfADocument_oneComputesIt() throws Exception {
    var workers = List.of(one, two);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          IntStream.range(0, FIRST_REQUESTS)
              .<Callable<Answered>>mapToObj(i ->
                  () ->
                      workers
                          .get(i % 2)
                          .ask("default", user("New.\n" + DOCUMENT + "\nQuestion " + i + "?")))
              .toList();
      int computed = 0;
      for (var answer : threads.invokeAll(asked)) {
        var usage = answer.get().usage();
        computed += usage.getPagesHit() == 0 && usage.getPositionsReusedDevice() == 0 ? 1 : 0;
      }
      assertThat(computed).as("requests that found nothing of the document").isEqualTo(1);
    }
  }

  private static Message user(String text) {
    return Message.newBuilder().setRole("user").setContent(text).build();
  }
}
