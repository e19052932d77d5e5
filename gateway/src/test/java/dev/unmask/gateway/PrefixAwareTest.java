package dev.unmask.gateway;

import static dev.unmask.gateway.Story.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.prompt.Pieces;
import dev.unmask.prompt.WrittenPrompt;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway before workers that tell which beginnings of prompts their devices hold. */
class PrefixAwareTest {
  private static final String DOCUMENT = "A document that many ask about. ".repeat(50);
  private static final int REQUESTS = 6;
  private static final int MARGIN = 10;
  private static final int FAR_MORE = 400;

  private final FakeWorker one = FakeWorker.start("w1", model("mini"));
  private final FakeWorker two = FakeWorker.start("w2", model("mini"));
  private final Harness harness =
      Harness.with(
          Map.of(
              "unmask.gateway.workers",
              one.address() + "," + two.address(),
              // Requests sent since a worker's last report must not decide.
              "unmask.gateway.affinity-margin",
              MARGIN));
  private int asked;

  @AfterEach
  void stop() {
    harness.close();
    one.close();
    two.close();
  }

  @Test
  void generate_sharedDocument_goesToWhoHoldsItUntilItIsDropped() throws Exception {
    watched();
    var pieces = pieces("default", text(DOCUMENT));
    one.stored(pieces);
    await().until(() -> allTo(one, REQUESTS));
    assertThat(allTo(one, REQUESTS)).isTrue();
    two.stored(pieces);
    one.dropped(pieces);
    await().until(() -> allTo(two, REQUESTS));
    assertThat(allTo(two, REQUESTS)).isTrue();
  }

  @Test
  void generate_holderThatIsFarMoreLoaded_isPassedOver() throws Exception {
    watched();
    one.stored(pieces("default", text(DOCUMENT)));
    await().until(() -> allTo(one, REQUESTS));
    one.load(FAR_MORE, 0);
    await().until(() -> allTo(two, REQUESTS));
  }

  @Test
  void generate_holderOfAnotherNamespace_isNobody() throws Exception {
    watched();
    one.stored(pieces("theirs", text(DOCUMENT)));
    one.stored(pieces("default", text("Ours. " + DOCUMENT)));
    one.load(2, 0);
    await().until(() -> isFor(one, text("Ours. " + DOCUMENT + asked++)));
    await().until(() -> allTo(two, 1));
  }

  @Test
  void generate_nextTurn_goesWhereTheAnswerWasGiven() throws Exception {
    watched();
    var first = talk("Hello.");
    var written = new WrittenPrompt("default", "mini", first);
    one.stored(written.pieces());
    two.stored(written.answered("Hi, how can I help?").pieces());
    await().until(() -> isFor(two, talk("Hello.", "Hi, how can I help?", "Question " + asked++)));
  }

  @Test
  void generate_workerThatCameBack_holdsWhatItTellsThen() throws Exception {
    watched();
    one.stored(pieces("default", text(DOCUMENT)));
    await().until(() -> allTo(one, REQUESTS));
    int port = one.port();
    one.die();
    try (var again = FakeWorker.start("w1", port, model("mini"))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> again.watchers() == 1);
      again.load(2, 0);
      await().ignoreExceptionsInstanceOf(StatusRuntimeException.class).until(() -> allTo(two, 1));
    }
  }

  private void watched() {
    await().until(() -> one.watchers() == 1 && two.watchers() == 1);
  }

  /** Whether a worker gets all of some requests, each with a question that nobody asked before. */
  private boolean allTo(FakeWorker worker, int requests) throws InterruptedException {
    boolean all = true;
    for (int i = 0; i < requests; i++) {
      all &= isFor(worker, text(DOCUMENT + "Question " + asked++));
    }
    return all;
  }

  /** Whether a worker gets a request. */
  private boolean isFor(FakeWorker worker, Prompt prompt) throws InterruptedException {
    harness.generate(GenerateRequest.newBuilder().setPrompt(prompt).build());
    boolean arrived = worker.arrived() > 0;
    for (var each : List.of(one, two)) {
      while (each.arrived() > 0) {
        each.next();
      }
    }
    return arrived;
  }

  private static Pieces pieces(String namespace, Prompt prompt) {
    return new WrittenPrompt(namespace, "mini", prompt).pieces();
  }

  private static Prompt text(String text) {
    return Prompt.newBuilder().setText(text).build();
  }

  private static Prompt talk(String... turns) {
    var conversation = Conversation.newBuilder();
    for (int i = 0; i < turns.length; i++) {
      conversation.addMessages(
          Message.newBuilder().setRole(i % 2 == 0 ? "user" : "assistant").setContent(turns[i]));
    }
    return Prompt.newBuilder().setConversation(conversation).build();
  }
}
