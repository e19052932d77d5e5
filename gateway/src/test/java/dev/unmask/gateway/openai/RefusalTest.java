package dev.unmask.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.gateway.FakeWorker;
import dev.unmask.gateway.Harness;
import dev.unmask.gateway.Story;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String QUESTION = "'messages': [{'role': 'user', 'content': '2+3='}]";

  private final FakeWorker worker =
      FakeWorker.start("w1", Story.model("mini")).script(Script::tell);
  private final Harness harness = Harness.before(worker);
  private final Http http = new Http(harness.http());

  @AfterEach
  void stop() {
    harness.close();
    worker.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "tools                             | 'tools': [{'type': 'function'}]",
        "tool_choice                       | 'tool_choice': 'auto'",
        "response_format                   | 'response_format': {'type': 'json_object'}",
        "logit_bias                        | 'logit_bias': {'5': 1}",
        "frequency_penalty                 | 'frequency_penalty': 0.1",
        "presence_penalty                  | 'presence_penalty': -1",
        "top_logprobs                      | 'logprobs': true, 'top_logprobs': 2",
        "n                                 | 'n': 17",
        "max_tokens                        | 'max_tokens': 0",
        "max_tokens                        | 'max_tokens': 'many'",
        "temperature                       | 'temperature': 11",
        "temperature                       | 'temperature': 1, 'unmask': {'spec': {'sampling':"
            + " {'temperature': 1}}}",
        "stop[1]                           | 'stop': ['a', '']",
        "stop                              | 'stop': [1]",
        "stream                            | 'stream': 'yes'",
        "stream_options                    | 'stream_options': {'include_usage': true}",
        "stream_options.include            | 'stream': true, 'stream_options': {'include': true}",
        "unmask.canvas_events              | 'unmask': {'canvas_events': true}",
        "unmask.deadline_ms                | 'unmask': {'deadline_ms': 0}",
        "unmask.deadline_rule              | 'unmask': {'deadline_rule': 'SOON'}",
        "unmask.deadline_rule              | 'unmask': {'deadline_rule': 'UNRECOGNIZED'}",
        "unmask.preference                 | 'unmask': {'preference': 'speed'}",
        "unmask.preference                 | 'unmask': {'preference': 'latency'}",
        "unmask.spec.dual_cache            | 'unmask': {'preference': 'latency', 'spec':"
            + " {'dual_cache': {}}}",
        "unmask.spec                       | 'unmask': {'spec': {'treshold': {}}}",
        "unmask.spec.threshold.threshold   | 'unmask': {'spec': {'threshold': {'threshold': 2}}}",
        "unmask.speck                      | 'unmask': {'speck': {}}",
        "colour                            | 'colour': 'red'"
      })
  void chat_aFieldThatIsNotTaken_isNamed(String param, String field) throws Exception {
    var response = http.post(CHAT, "{'model': 'mini', " + QUESTION + ", " + field + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(error(response).get("param").asText()).as(response.body()).isEqualTo(param);
    assertThat(error(response).get("type").asText()).isEqualTo("invalid_request_error");
    assertThat(error(response).get("message").asText()).startsWith(param + " ");
    assertThat(worker.arrived()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "messages            | {'model': 'mini'}",
        "messages            | {'model': 'mini', 'messages': []}",
        "messages[0]         | {'model': 'mini', 'messages': ['hi']}",
        "messages[0].role    | {'model': 'mini', 'messages': [{'role': 'tool', 'content': 'hi'}]}",
        "messages[0].content | {'model': 'mini', 'messages': [{'role': 'user'}]}",
        "messages[0].name    | {'model': 'mini', 'messages': [{'role': 'user', 'content': 'hi',"
            + " 'name': 'x'}]}",
        "messages[0].content[0].type | {'model': 'mini', 'messages': [{'role': 'user', 'content':"
            + " [{'type': 'image_url'}]}]}",
        "model               | {'messages': [{'role': 'user', 'content': 'hi'}]}"
      })
  void chat_messagesThatCannotBeRead_areNamed(String param, String body) throws Exception {
    var response = http.post(CHAT, body);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("param").asText()).as(response.body()).isEqualTo(param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "echo     | 'prompt': 'a', 'echo': true",
        "best_of  | 'prompt': 'a', 'best_of': 2",
        "logprobs | 'prompt': 'a', 'logprobs': 1",
        "prompt   | 'prompt': ['a', 'b']",
        "prompt   | 'prompt': ''",
        "prompt   | 'n': 1",
        "prompt[1] | 'prompt': [1, 499]"
      })
  void completion_aFieldThatIsNotTaken_isNamed(String param, String fields) throws Exception {
    var response = http.post("/v1/completions", "{'model': 'mini', " + fields + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(error(response).get("param").asText()).as(response.body()).isEqualTo(param);
  }

  static Stream<Arguments> statuses() {
    var later = Duration.ofMillis(2500);
    return Stream.of("", ", 'stream': true")
        .flatMap(more ->
            Stream.of(
                Arguments.of(more, new Problem.Exhausted("full", later), 429, "3"),
                // Nobody else goes on, which the gateway says itself.
                Arguments.of(more, new Problem.Unavailable("away", later), 503, "1"),
                Arguments.of(more, new Problem.DeadlineExceeded("late"), 504, ""),
                Arguments.of(more, new Problem.Internal("bug"), 500, "")));
  }

  /** One request each: to the next one, a worker that was away may not be back yet. */
  @ParameterizedTest
  @MethodSource("statuses")
  void chat_theWorkerRefuses_isHttpsStatus(String more, Problem problem, int code, String retry)
      throws Exception {
    worker.script(call -> call.gateway().onError(Problems.toStatus(problem)));
    var response = http.post(CHAT, "{'model': 'mini', " + QUESTION + more + "}");
    assertThat(response.statusCode()).as(response.body()).isEqualTo(code);
    assertThat(error(response).get("type").asText())
        .isEqualTo(code == 429 ? "rate_limit_error" : "server_error");
    assertThat(error(response).get("message").asText()).startsWith(problem.message());
    assertThat(response.headers().firstValue("retry-after").orElse("")).isEqualTo(retry);
  }

  @Test
  void refused_otherStatuses_haveTheirCodes() {
    assertThat(Refused.of(status(Status.UNAUTHENTICATED)).code()).isEqualTo(401);
    assertThat(Refused.of(status(Status.PERMISSION_DENIED)).code()).isEqualTo(403);
    assertThat(Refused.of(status(Status.UNAUTHENTICATED)).failure().error().type())
        .isEqualTo("authentication_error");
  }

  @Test
  void chat_noSuchModel_isNotFound() throws Exception {
    var response = http.post(CHAT, "{'model': 'maxi', " + QUESTION + "}");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response).get("code").asText()).isEqualTo("model_not_found");
    assertThat(error(response).get("param").asText()).isEqualTo("model");
  }

  @Test
  void stream_theWorkerBreaksOff_endsWithTheError() throws Exception {
    worker.script(call -> {
      call.gateway().onNext(Script.opened(call));
      call.gateway().onNext(Script.committed("The", 11));
      call.gateway().onError(Problems.toStatus(new Problem.Internal("bug")));
    });
    var response = http.post(CHAT, "{'model': 'mini', 'stream': true, " + QUESTION + "}");
    assertThat(response.statusCode()).isEqualTo(200);
    var events = Http.events(response.body());
    assertThat(events).doesNotContain("[DONE]").hasSize(3);
    assertThat(Http.read(events.getLast()).get("error").get("message").asText()).isEqualTo("bug");
  }

  @Test
  void chat_noJson_isABadRequest() throws Exception {
    var response = http.post(CHAT, "{'model': ");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(error(response).get("message").asText()).isNotEmpty();
  }

  @Test
  void chat_tooLarge_isRefusedUnread() throws Exception {
    var response = http.post(CHAT, "x".repeat(Limits.HTTP_BODY_BYTES + 1));
    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(error(response).get("type").asText()).isEqualTo("invalid_request_error");
  }

  @Test
  void path_unknown_isNotFoundInTheSameWords() throws Exception {
    var response = http.get("/v1/nothing");
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(error(response).get("type").asText()).isEqualTo("invalid_request_error");
  }

  private static StatusRuntimeException status(Status status) {
    return status.withDescription("no").asRuntimeException();
  }

  private static JsonNode error(HttpResponse<String> response) {
    return Http.read(response.body()).get("error");
  }
}
