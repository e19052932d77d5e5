package dev.unmask.client.options;

import dev.unmask.contract.Limits;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Message;
import dev.unmask.type.v1.Prompt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to ask: words of the command line, or else everything on standard input. */
public final class PromptOptions {
  @Parameters(
      paramLabel = "PROMPT",
      arity = "0..*",
      description = "what to ask; read from standard input when absent")
  private List<String> words = List.of();

  @Option(names = "--raw", description = "send the words as they are, without a chat template")
  private boolean raw;

  @Option(names = "--system", paramLabel = "TEXT", description = "what the model should know first")
  private Optional<String> system = Optional.empty();

  /**
   * The prompt: a conversation of one turn, or plain text.
   *
   * @throws IOException when standard input cannot be read
   */
  public Prompt prompt(InputStream in) throws IOException {
    var text = words.isEmpty() ? read(in) : String.join(" ", words);
    if (raw) {
      return Prompt.newBuilder().setText(text).build();
    }
    var conversation = Conversation.newBuilder();
    system.ifPresent(rules -> conversation.addMessages(message("system", rules)));
    conversation.addMessages(message("user", text));
    return Prompt.newBuilder().setConversation(conversation).build();
  }

  /** One turn. */
  public static Message message(String role, String content) {
    return Message.newBuilder().setRole(role).setContent(content).build();
  }

  /** One byte more than allowed is enough for the gateway to refuse it. */
  private static String read(InputStream in) throws IOException {
    return new String(in.readNBytes(Limits.PROMPT_BYTES + 1), StandardCharsets.UTF_8);
  }
}
