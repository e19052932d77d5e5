package dev.unmask.client.evaluation.run;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;

/**
 * What a model is sent for a question. Plain text gets the family's beginning-of-sequence token
 * before it when it is asked for and the model has it, as d2Cache does; a conversation begins as
 * the model's template says. Safe for use by many threads.
 */
final class Prompts {
  private final UnmaskClient client;
  private final String model;
  private final String beginning;

  private Prompts(UnmaskClient client, String model, String beginning) {
    this.client = client;
    this.model = model;
    this.beginning = beginning;
  }

  /**
   * Prompts for a model.
   *
   * @param beginning whether text gets a beginning-of-sequence token
   */
  static Prompts of(UnmaskClient client, Model model, boolean beginning) {
    var name = model.getIdentity().getName();
    var word = word(model.getIdentity().getFamily());
    boolean known =
        beginning && !word.isEmpty() && client.tokenize(name, text(word)).getIdsCount() == 1;
    return new Prompts(client, name, known ? word : "");
  }

  /** The prompt of a question; may ask the gateway for tokens. */
  Prompt of(Ask ask) {
    return switch (ask) {
      case Ask.Text(var text) -> text(text.startsWith(beginning) ? text : beginning + text);
      case Ask.Chat chat when chat.assistantPrefix().isEmpty() -> conversation(chat);
      case Ask.Chat chat -> tokens(chat);
    };
  }

  /** A conversation's template ends where the assistant's turn begins; its prefix goes on there. */
  private Prompt tokens(Ask.Chat chat) {
    var tokens =
        TokenIds.newBuilder()
            .addAllIds(client.tokenize(model, conversation(chat)).getIdsList())
            .addAllIds(client.tokenize(model, text(chat.assistantPrefix())).getIdsList());
    return Prompt.newBuilder().setTokens(tokens).build();
  }

  private static Prompt conversation(Ask.Chat chat) {
    var conversation = Conversation.newBuilder();
    for (var turn : chat.turns()) {
      conversation.addMessages(
          Message.newBuilder().setRole(turn.role()).setContent(turn.content()));
    }
    return Prompt.newBuilder().setConversation(conversation).build();
  }

  private static Prompt text(String text) {
    return Prompt.newBuilder().setText(text).build();
  }

  private static String word(ModelFamily family) {
    return switch (family) {
      case MODEL_FAMILY_LLADA -> "<|startoftext|>";
      case MODEL_FAMILY_DREAM -> "<|beginoftext|>";
      case MODEL_FAMILY_FAST_DLLM_V2, MODEL_FAMILY_SDAR -> "";
      case MODEL_FAMILY_UNSPECIFIED, UNRECOGNIZED -> "";
    };
  }
}
