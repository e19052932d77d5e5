package dev.unmask.contract.rules;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.Prompt;
import java.util.Optional;
import java.util.Set;

/** Rules of a prompt, whatever its form. Text becomes tokens later, see {@link ContextRules}. */
final class PromptRules {
  private static final Set<String> ROLES = Set.of("system", "user", "assistant");

  private final Optional<Model> model;
  private final Violations violations;

  PromptRules(Optional<Model> model, Violations violations) {
    this.model = model;
    this.violations = violations;
  }

  void check(Prompt prompt) {
    switch (prompt.getContentCase()) {
      case TEXT -> size("prompt.text", prompt.getTextBytes().size());
      case TOKENS ->
          new TokenRules(model, violations).ofPrompt("prompt.tokens", prompt.getTokens());
      case CONVERSATION -> conversation(prompt.getConversation());
      case CONTENT_NOT_SET ->
          violations.add("prompt", "is required: set text, tokens or conversation");
    }
  }

  void size(String field, long bytes) {
    violations.addIf(bytes == 0, field, "must not be empty");
    violations.addIf(
        bytes > Limits.PROMPT_BYTES,
        field,
        "must be at most 1 MiB (" + Limits.PROMPT_BYTES + " bytes) of UTF-8, was " + bytes);
  }

  private void conversation(Conversation conversation) {
    var field = "prompt.conversation";
    violations.range(
        field + ".messages", conversation.getMessagesCount(), 1, Limits.CONVERSATION_MESSAGES);
    model
        .filter(known -> !known.getHasChatTemplate())
        .ifPresent(known ->
            violations.add(field, "needs a chat template and the model has none; send text"));
    long bytes = 0;
    for (int i = 0; i < conversation.getMessagesCount(); i++) {
      message(field + ".messages[" + i + "]", conversation.getMessages(i));
      bytes += conversation.getMessages(i).getContentBytes().size();
    }
    if (bytes > 0) {
      size(field, bytes);
    }
  }

  private void message(String field, Message message) {
    violations.addIf(
        !ROLES.contains(message.getRole()),
        field + ".role",
        "must be system, user or assistant, was " + Violations.quote(message.getRole()));
    violations.addIf(message.getContent().isEmpty(), field + ".content", "must not be empty");
  }
}
