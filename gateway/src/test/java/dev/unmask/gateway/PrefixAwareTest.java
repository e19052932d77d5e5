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
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway before workers that tell which beginnings of prompts their devices hold. */
class PrefixAwareTest {
  private static final String DOCUMENT = "A document that many ask about. ".repeat(50);
  private static final int REQUESTS = 6;

  private final FakeWorker one = FakeWorker.start("w1", model("mini"));
  private final FakeWorker two = FakeWorker.start("w2", model("mini"));
  private final Harness harness = Harness.before(one, two);
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
    await().untilAsserted(() -> assertThat(allTo(one, "")).isTrue());
    assertThat(allTo(one, "")).isTrue();
    two.stored(pieces);
    one.dropped(pieces);
    await().untilAsserted(() -> assertThat(allTo(two, "")).isTrue());
    assertThat(allTo(two, "")).isTrue();
  }

  @Test
  void generate_holderThatIsFarMoreLoaded_isPassedOver() throws Exception {
    watched();
    one.stored(pieces("default", text(DOCUMENT)));
    await().untilAsserted(() -> assertThat(allTo(one, "")).isTrue());
    one.load(4, 8);
    await().untilAsserted(() -> assertThat(allTo(two, "")).isTrue());
  }

  @Test
  void generate_holderOfAnotherNamespace_isNobody() throws Exception {
    watched();
    one.stored(pieces("theirs", text(DOCUMENT)));
    one.load(1, 0);
    await().untilAsserted(() -> assertThat(allTo(two, "")).isTrue());
  }

  @Test
  void generate_nextTurn_goesWhereTheAnswerWasGiven() throws Exception {
    watched();
    var first = talk("Hello.");
    var written = new WrittenPrompt("default", "mini", first);
    one.stored(written.pieces());
    two.stored(written.answered("Hi, how can I help?").pieces());
    await()
        .untilAsserted(() -> {
          var next = talk("Hello.", "Hi, how can I help?", "Question " + asked++);
          harness.generate(GenerateRequest.newBuilder().setPrompt(next).build());
          assertThat(one.arrived()).isZero();
          two.next();
        });
  }

  @Test
  void generate_workerThatCameBack_holdsWhatItTellsThen() throws Exception {
    watched();
    one.stored(pieces("default", text(DOCUMENT)));
    await().untilAsserted(() -> assertThat(allTo(one, "")).isTrue());
    int port = one.port();
    one.die();
    try (var again = FakeWorker.start("w1", port, model("mini"))) {
      await().atMost(Duration.ofSeconds(20)).until(() -> again.watchers() == 1);
      again.load(1, 0);
      await().untilAsserted(() -> assertThat(allTo(two, "x")).isTrue());
    }
  }

  private void watched() {
    await().until(() -> one.watchers() == 1 && two.watchers() == 1);
  }

  /** Whether a worker gets all of some requests, each with a question that nobody asked before. */
  private boolean allTo(FakeWorker worker, String before) throws InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      var prompt = text(before + DOCUMENT + "Question " + asked++);
      harness.generate(GenerateRequest.newBuilder().setPrompt(prompt).build());
    }
    int arrived = worker.arrived();
    for (var each : List.of(one, two)) {
      while (each.arrived() > 0) {
        each.next();
      }
    }
    return arrived == REQUESTS;
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
