package dev.unmask.client.load.workload;

import dev.unmask.client.evaluation.task.Ask;
import dev.unmask.client.options.PromptOptions;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How words become a prompt.
 *
 * @param raw whether as they are, without a chat template
 */
record Wording(boolean raw) {
  /** The prompt of a question. */
  Prompt prompt(Ask ask) {
    return switch (ask) {
      case Ask.Text(var text) -> prompt(text);
      case Ask.Chat(var turns, _) -> prompt(turns);
    };
  }

  /** The prompt of one user's turn. */
  Prompt prompt(String text) {
    return prompt(List.of(new Ask.Turn("user", text)));
  }

  /** The prompt of a conversation. */
  Prompt prompt(List<Ask.Turn> turns) {
    if (raw) {
      var text = turns.stream().map(Ask.Turn::content).collect(Collectors.joining("\n"));
      return Prompt.newBuilder().setText(text).build();
    }
    var conversation = Conversation.newBuilder();
    turns.forEach(
        turn -> conversation.addMessages(PromptOptions.message(turn.role(), turn.content())));
    return Prompt.newBuilder().setConversation(conversation).build();
  }
}
