package dev.unmask.worker.api;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.text.ChatTemplate.Turn;

/** Prompts as token ids. */
final class Prompts {
  private Prompts() {}

  /**
   * Renders and tokenizes.
   *
   * @throws ProblemException a bad request, when the prompt is absent or the model cannot take it
   */
  static int[] tokens(Prompt prompt, ServedModel model) {
    return switch (prompt.getContentCase()) {
      case TEXT -> model.tokenizer().encode(prompt.getText());
      case TOKENS -> prompt.getTokens().getIdsList().stream().mapToInt(id -> id).toArray();
      case CONVERSATION -> model.tokenizer().encode(render(prompt.getConversation(), model));
      case CONTENT_NOT_SET -> throw refused("prompt", "is required");
    };
  }

  private static String render(Conversation conversation, ServedModel model) {
    var template =
        model
            .template()
            .orElseThrow(() ->
                refused(
                    "prompt.conversation",
                    "needs a chat template, which " + model.name() + " does not have"));
    var turns =
        conversation.getMessagesList().stream()
            .map(message -> new Turn(message.getRole(), message.getContent()))
            .toList();
    try {
      return template.render(turns);
    } catch (IllegalArgumentException e) {
      throw refused("prompt.conversation", e.getMessage());
    }
  }

  private static ProblemException refused(String field, String description) {
    return new ProblemException(Problem.BadRequest.of(field, description));
  }
}
