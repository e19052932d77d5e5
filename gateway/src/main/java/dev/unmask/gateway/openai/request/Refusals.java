package dev.unmask.gateway.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.gateway.openai.fields.Fields;

/** Fields of OpenAI's API that a canvas has no meaning for: only what changes nothing is taken. */
final class Refusals {
  private static final String NO_TOOLS = "is not supported: models call no tools";
  private static final String NO_PENALTIES =
      "must be 0: a mask has no tokens before it to be told apart from";

  private Refusals() {}

  static void ofChat(Fields body) {
    ofBoth(body);
    body.only("tools", Refusals::isEmpty, NO_TOOLS);
    body.only("functions", Refusals::isEmpty, NO_TOOLS);
    body.only("tool_choice", choice -> choice.asText().equals("none"), NO_TOOLS);
    body.only("function_call", choice -> choice.asText().equals("none"), NO_TOOLS);
    body.only("parallel_tool_calls", _ -> true, NO_TOOLS);
    body.only(
        "response_format",
        format -> format.path("type").asText().equals("text"),
        "must be text: nothing constrains what is decoded");
    body.only("modalities", Refusals::isText, "must be text: models write nothing else");
    body.only("store", store -> !store.asBoolean(), "must be false: nothing is stored");
  }

  static void ofCompletion(Fields body) {
    ofBoth(body);
    body.only("echo", echo -> !echo.asBoolean(), "must be false: prompts are not told back");
    body.only("best_of", count -> count.asInt() == 1, "must be 1: ask for n and choose");
  }

  private static void ofBoth(Fields body) {
    body.only("frequency_penalty", Refusals::isZero, NO_PENALTIES);
    body.only("presence_penalty", Refusals::isZero, NO_PENALTIES);
    body.only("logit_bias", Refusals::isEmpty, "must be empty: logits are not biased");
  }

  private static boolean isZero(JsonNode value) {
    return value.isNumber() && value.doubleValue() == 0;
  }

  private static boolean isEmpty(JsonNode value) {
    return value.isContainerNode() && value.isEmpty();
  }

  private static boolean isText(JsonNode value) {
    return value.size() == 1 && value.get(0).asText().equals("text");
  }
}
