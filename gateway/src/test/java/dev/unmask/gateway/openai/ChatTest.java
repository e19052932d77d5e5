package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Message;
import java.util.ArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChatTest {
  private static final String CHAT = "/v1/chat/completions";

  private final FakeWorker worker =
      FakeWorker.start("w1", Story.model("mini")).script(Script::tell);
  private final Harness harness = Harness.before(worker);
  private final Http http = new Http(harness.http());

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @Test
  void chat_aQuestion_isAnsweredWhole() throws Exception {
    var response = http.post(CHAT, chat(""));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    var answer = Http.read(response.body());
    assertThat(answer.get("object").asText()).isEqualTo("chat.completion");
    assertThat(answer.get("model").asText()).isEqualTo("mini");
    assertThat(answer.get("created").asLong()).isPositive();
    var choice = answer.get("choices").get(0);
    assertThat(choice.get("message").toString())
        .isEqualTo("{\"role\":\"assistant\",\"content\":\"The sum is 5.\",\"refusal\":null}");
    assertThat(choice.get("finish_reason").asText()).isEqualTo("stop");
    assertThat(choice.get("logprobs").isNull()).isTrue();
    assertThat(answer.get("usage").toString())
        .isEqualTo("{\"prompt_tokens\":10,\"completion_tokens\":4,\"total_tokens\":14}");
    var took = choice.get("unmask");
    assertThat(took.get("finish_reason").asText()).isEqualTo("FINISH_REASON_END_OF_SEQUENCE");
    assertThat(took.get("usage").get("steps").asInt()).isEqualTo(3);
    assertThat(took.get("usage").get("rows_computed").asInt()).isEqualTo(54);
  }

  @Test
  void chat_itsFields_reachTheWorker() throws Exception {
    http.post(
        CHAT,
        """
        {'model': 'mini', 'messages': [
           {'role': 'developer', 'content': 'Be short.'},
           {'role': 'user', 'content': [{'type': 'text', 'text': '2+'}, {'type': 'text', 'text': '3'}]}],
         'max_completion_tokens': 40, 'temperature': 0.5, 'top_p': 0.9, 'seed': 7, 'stop': ['x', 'y'],
         'n': null, 'tools': [], 'frequency_penalty': 0, 'response_format': {'type': 'text'},
         'unmask': {'spec': {'threshold': {'threshold': 0.8}, 'prefix_cache': {}}}}\
        """);
    var request = worker.next().request();
    assertThat(request.getRequestId()).matches("chatcmpl-[0-9a-f]{32}");
    assertThat(request.getPrompt().getConversation().getMessagesList())
        .extracting(Message::getRole, Message::getContent)
        .containsExactly(tuple("system", "Be short."), tuple("user", "2+3"));
    var spec = request.getSpec();
    assertThat(spec.getGenerationLength()).as("whole blocks").isEqualTo(64);
    assertThat(spec.getSampling().getTemperature()).isEqualTo(0.5);
    assertThat(spec.getSampling().getTopP()).isEqualTo(0.9);
    assertThat(spec.getSampling().getSeed()).isEqualTo(7);
    assertThat(spec.getStopList()).containsExactly("x", "y");
    assertThat(spec.getThreshold().getThreshold()).isEqualTo(0.8);
    assertThat(spec.hasPrefixCache()).isTrue();
  }

  @Test
  void chat_severalChoices_areDrawnWithSeedsOfTheirOwn() throws Exception {
    var answer = Http.read(http.post(CHAT, chat("'n': 3, 'temperature': 1, 'seed': 5")).body());
    assertThat(answer.get("choices"))
        .extracting(choice -> choice.get("index").asInt())
        .containsExactly(0, 1, 2);
    assertThat(answer.get("usage").get("prompt_tokens").asInt()).isEqualTo(10);
    assertThat(answer.get("usage").get("completion_tokens").asInt()).isEqualTo(12);
    var seeds = new ArrayList<Long>();
    for (int i = 0; i < 3; i++) {
      seeds.add(worker.next().request().getSpec().getSampling().getSeed());
    }
    assertThat(seeds).containsExactlyInAnyOrder(5L, 6L, 7L);
  }

  @Test
  void chat_logprobs_areOfTheAnswersTokensInOrder() throws Exception {
    var answer = Http.read(http.post(CHAT, chat("'logprobs': true, 'top_logprobs': 0")).body());
    var tokens = answer.get("choices").get(0).get("logprobs").get("content");
    assertThat(tokens)
        .extracting(token -> token.get("token").asText())
        .containsExactly("The", " sum", " is", " 5.");
    assertThat(tokens.get(0).get("logprob").asDouble()).isCloseTo(Math.log(0.5), within(1e-6));
    assertThat(tokens.get(3).get("logprob").asDouble()).isCloseTo(Math.log(0.25), within(1e-6));
    assertThat(tokens.get(0).get("bytes").toString()).isEqualTo("[84,104,101]");
  }

  @Test
  void chat_outOfRoomOrTime_endsWithLength() throws Exception {
    for (var reason :
        new FinishReason[] {
          FinishReason.FINISH_REASON_LENGTH, FinishReason.FINISH_REASON_DEADLINE
        }) {
      worker.script(call -> Script.tell(call, reason));
      var choice = Http.read(http.post(CHAT, chat("")).body()).get("choices").get(0);
      assertThat(choice.get("finish_reason").asText()).isEqualTo("length");
      assertThat(choice.get("unmask").get("finish_reason").asText()).isEqualTo(reason.name());
    }
  }

  @Test
  void stream_aQuestion_hasAChunkForEveryBlock() throws Exception {
    var response =
        http.post(CHAT, chat("'stream': true, 'stream_options': {'include_usage': true}"));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    var events = Http.events(response.body());
    assertThat(events).last().isEqualTo("[DONE]");
    var chunks = events.stream().limit(events.size() - 1L).map(Http::read).toList();
    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(chunk.get("object").asText()).isEqualTo("chat.completion.chunk");
          assertThat(chunk.get("id")).isEqualTo(chunks.getFirst().get("id"));
          assertThat(chunk.get("model").asText()).isEqualTo("mini");
        });
    assertThat(chunks)
        .extracting(chunk -> chunk.path("choices").path(0).path("delta").toString())
        .containsExactly(
            "{\"role\":\"assistant\",\"content\":\"\"}",
            "{\"content\":\"The sum\"}",
            "{\"content\":\" is 5.\"}",
            "{}",
            "");
    assertThat(chunks.get(3).get("choices").get(0).get("finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(4).get("choices")).isEmpty();
    assertThat(chunks.get(4).get("usage").get("total_tokens").asInt()).isEqualTo(14);
  }

  @Test
  void stream_withCanvasEvents_tellsEveryStep() throws Exception {
    var body = http.post(CHAT, chat("'stream': true, 'unmask': {'canvas_events': true}")).body();
    var canvas =
        Http.events(body).stream()
            .filter(event -> event.contains("\"choices\":[]"))
            .map(event -> Http.read(event).get("unmask"))
            .toList();
    assertThat(canvas).hasSize(6);
    assertThat(canvas.getFirst().get("opened").get("prompt_tokens").asInt()).isEqualTo(10);
    var deltas = canvas.stream().filter(event -> event.has("delta")).toList();
    assertThat(deltas)
        .extracting(event -> event.get("delta").get("step").asInt())
        .containsExactly(0, 1, 2);
    var commit = deltas.getFirst().get("delta").get("commits").get(0);
    assertThat(commit.toString())
        .isEqualTo("{\"position\":10,\"token\":498,\"confidence\":0.5,\"piece\":\"The\"}");
  }

  @Test
  void stream_severalChoices_eachIsTold() throws Exception {
    var body = http.post(CHAT, chat("'stream': true, 'n': 2")).body();
    for (int index = 0; index < 2; index++) {
      int wanted = index;
      var text =
          Http.events(body).stream()
              .filter(event -> event.startsWith("{"))
              .flatMap(event ->
                  StreamSupport.stream(Http.read(event).get("choices").spliterator(), false))
              .filter(choice -> choice.get("index").asInt() == wanted)
              .map(choice -> choice.get("delta").path("content").asText())
              .reduce("", String::concat);
      assertThat(text).isEqualTo("The sum is 5.");
    }
  }

  private static String chat(String more) {
    return "{'model': 'mini', 'messages': [{'role': 'user', 'content': '2+3='}]"
        + (more.isEmpty() ? "" : ", " + more)
        + "}";
  }
}
