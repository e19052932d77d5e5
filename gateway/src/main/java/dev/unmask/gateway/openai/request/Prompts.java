package dev.unmask.gateway.openai.request;

import com.fasterxml.jackson.databind.JsonNode;
import dev.unmask.gateway.openai.fields.Fields;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import java.util.stream.Collectors;

/** Prompts in OpenAI's two forms: messages, or text or tokens. */
public final class Prompts {
  private Prompts() {}

  /** The field {@code messages}: texts of a system, a user and an assistant. */
  public static Prompt conversation(Fields body) {
    var conversation = Conversation.newBuilder();
    body.objects("messages").forEach(turn -> conversation.addMessages(message(turn)));
    if (body.any("messages").isEmpty()) {
      body.wrong("messages", "is required");
    }
    return Prompt.newBuilder().setConversation(conversation).build();
  }

  /** The field {@code prompt}: a text, or its tokens. */
  public static Prompt plain(Fields body) {
    var given = body.any("prompt");
    if (given.isEmpty()) {
      body.wrong("prompt", "is required");
    }
    if (given.filter(Prompts::isTokens).isPresent()) {
      return tokens(body);
    }
    var texts = body.texts("prompt");
    if (texts.size() > 1) {
      body.wrong("prompt", "must be one text; send a request for each");
    }
    return Prompt.newBuilder().setText(texts.stream().findFirst().orElse("")).build();
  }

  private static Prompt tokens(Fields body) {
    var ids = TokenIds.newBuilder();
    body.tokens("prompt").ifPresent(ids::addAllIds);
    return Prompt.newBuilder().setTokens(ids).build();
  }

  private static boolean isTokens(JsonNode given) {
    return given.isArray() && !given.isEmpty() && given.get(0).isNumber();
  }

  private static Message message(Fields turn) {
    var role = turn.text("role").orElse("");
    return Message.newBuilder()
        // OpenAI's newer name of the same.
        .setRole(role.equals("developer") ? "system" : role)
        .setContent(content(turn))
        .build();
  }

  /** A text, or parts that are texts. */
  private static String content(Fields turn) {
    if (turn.any("content").filter(JsonNode::isArray).isEmpty()) {
      return turn.text("content").orElse("");
    }
    return turn.objects("content").stream().map(Prompts::part).collect(Collectors.joining());
  }

  private static String part(Fields part) {
    part.only(
        "type", type -> type.asText().equals("text"), "must be text: models read nothing else");
    return part.text("text").orElse("");
  }
}
