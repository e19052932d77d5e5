package dev.unmask.bench.sharing;

import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.nio.file.Path;
import java.util.List;

/** Prompts that nobody has asked before: shipped ones, each time behind a number of their own. */
record FreshPrompts(List<Prompt> shipped) {
  /** Shipped prompts of at most so many tokens. */
  static FreshPrompts read(Services services, Path models, int longest) {
    return new FreshPrompts(
        services.prompts(models, 1, longest).stream().map(Services.Sized::prompt).toList());
  }

  /** The same for the same number. */
  Prompt number(int number) {
    var conversation = shipped.get(number % shipped.size()).getConversation();
    int last = conversation.getMessagesCount() - 1;
    var message = conversation.getMessages(last);
    return Prompt.newBuilder()
        .setConversation(
            Conversation.newBuilder(conversation)
                .setMessages(
                    last,
                    message.toBuilder()
                        .setContent("%03d %s".formatted(number, message.getContent()))))
        .build();
  }
}
