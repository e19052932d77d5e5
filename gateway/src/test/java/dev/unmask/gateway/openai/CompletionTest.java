package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import dev.unmask.gateway.openai.request.Reading;
import dev.unmask.gateway.openai.request.Wanted;
import dev.unmask.generation.v1.DeadlineRule;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionTest {
  private static final String COMPLETE = "/v1/completions";

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
  void completion_aText_isAnsweredWhole() throws Exception {
    var answer =
        Http.read(http.post(COMPLETE, "{'model': 'mini', 'prompt': '2+3=', 'logprobs': 0}").body());
    assertThat(answer.get("object").asText()).isEqualTo("text_completion");
    var choice = answer.get("choices").get(0);
    assertThat(choice.get("text").asText()).isEqualTo("The sum is 5.");
    assertThat(choice.get("logprobs").get("tokens")).hasSize(4);
    assertThat(choice.get("logprobs").get("text_offset").toString()).isEqualTo("[0,3,7,10]");
    var request = worker.next().request();
    assertThat(request.getPrompt().getText()).isEqualTo("2+3=");
    assertThat(request.getSpec().getGenerationLength()).as("the default").isEqualTo(128);
  }

  @Test
  void completion_tokens_areTakenAsTheyAre() throws Exception {
    http.post(COMPLETE, "{'model': 'mini', 'prompt': [5, 6, 7], 'max_tokens': 10}");
    var request = worker.next().request();
    assertThat(request.getPrompt().getTokens().getIdsList()).containsExactly(5, 6, 7);
    assertThat(request.getSpec().getGenerationLength()).as("less than a block").isEqualTo(10);
  }

  @Test
  void completion_aSuffix_getsRoomInTheCanvas() throws Exception {
    http.post(COMPLETE, "{'model': 'mini', 'prompt': 'a', 'suffix': 'xyz', 'max_tokens': 30}");
    var request = worker.next().request();
    assertThat(request.getSpec().getGenerationLength()).as("30 and 3, in blocks").isEqualTo(64);
  }

  @Test
  void wanted_leadingToASuffix_givesItsTokens() {
    var request = reading("'suffix': 'xyz'").leadingTo(List.of(7, 8, 9)).choice(0, "r");
    assertThat(request.getGiven().getSuffixTokens().getIdsList()).containsExactly(7, 8, 9);
    assertThat(request.getSpec().getGenerationLength()).as("128 and 3").isEqualTo(160);
  }

  @Test
  void completion_itsBlockLength_isWhatIsRoundedUpTo() throws Exception {
    http.post(
        COMPLETE,
        "{'model': 'mini', 'prompt': 'a', 'max_tokens': 33, 'unmask': {'spec': {'block_length':"
            + " 8}}}");
    assertThat(worker.next().request().getSpec().getGenerationLength()).isEqualTo(40);
  }

  @Test
  void completion_aDeadline_isTheCalls() throws Exception {
    http.post(COMPLETE, "{'model': 'mini', 'prompt': 'a', 'unmask': {'deadline_ms': 9000}}");
    var left = worker.next().deadline().orElseThrow().timeRemaining(TimeUnit.MILLISECONDS);
    assertThat(left).isLessThanOrEqualTo(9000);
  }

  @Test
  void completion_aDeadlineThatPasses_isATimeout() throws Exception {
    worker.script(_ -> {});
    var response =
        http.post(COMPLETE, "{'model': 'mini', 'prompt': 'a', 'unmask': {'deadline_ms': 50}}");
    assertThat(response.statusCode()).isEqualTo(504);
  }

  @Test
  void reading_aDeadlineRule_isTheRequests() {
    var wanted = reading("'unmask': {'deadline_rule': 'DEADLINE_RULE_FEWER_STEPS'}");
    assertThat(wanted.generate().getDeadlineRule())
        .isEqualTo(DeadlineRule.DEADLINE_RULE_FEWER_STEPS);
  }

  @Test
  void stream_aText_hasAChunkForEveryBlock() throws Exception {
    var body = http.post(COMPLETE, "{'model': 'mini', 'prompt': 'a', 'stream': true}").body();
    assertThat(Http.events(body).stream().filter(event -> event.startsWith("{")))
        .extracting(event -> Http.read(event).get("choices").get(0).get("text").asText())
        .containsExactly("The sum", " is 5.", "");
  }

  @Test
  void models_whatWorkersServe_isListed() throws Exception {
    var models = Http.read(http.get("/v1/models").body());
    assertThat(models.get("data").get(0).get("id").asText()).isEqualTo("mini");
    assertThat(models.get("data").get(0).get("max_model_len").asInt()).isEqualTo(Story.CONTEXT);
    assertThat(Http.read(http.get("/v1/models/mini").body()).get("object").asText())
        .isEqualTo("model");
    assertThat(http.get("/v1/models/maxi").statusCode()).isEqualTo(404);
  }

  @Test
  void tokens_thereAndBack_areVllms() throws Exception {
    assertThat(http.post("/tokenize", "{'model': 'mini', 'prompt': 'ab'}").body())
        .isEqualTo("{\"count\":2,\"max_model_len\":2048,\"tokens\":[97,98]}");
    assertThat(http.post("/detokenize", "{'tokens': [97, 98]}").body())
        .isEqualTo("{\"prompt\":\"w1:ab\"}");
    assertThat(http.post("/tokenize", "{'prompt': 'a', 'return_strings': 1}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void service_health_isOk() throws Exception {
    assertThat(http.get("/health").statusCode()).isEqualTo(200);
    var version = Http.read(http.get("/version").body());
    assertThat(version.get("version").asText()).isNotEmpty();
    assertThat(harness.channel().authority()).endsWith(":" + version.get("grpc_port").asInt());
  }

  private static Wanted reading(String more) {
    var body = Http.json("{'model': 'mini', 'prompt': 'a', " + more + "}");
    return Reading.completion((ObjectNode) Http.read(body));
  }
}
