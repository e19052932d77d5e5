package dev.unmask.worker.text;

import dev.unmask.contract.Limits;
import dev.unmask.fuzz.Finding;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Conversations under the templates that models come with, where what was said is data; and
 * templates that nobody vouches for, which end in time and in bounded text.
 */
public final class ChatTemplateFuzz {
  private static final TokenizerConfig NAMES =
      new TokenizerConfig("<|startoftext|>", "<|endoftext|>", Optional.empty(), Set.of());
  private static final List<String> ROLES = List.of("system", "user", "assistant");
  private static final List<ChatTemplate> OURS =
      List.of(of("unmask-mini-llada"), of("unmask-mini-dream"), of("unmask-mini-block"));

  private ChatTemplateFuzz() {}

  /** The first byte chooses a template, or says that the others are one; zeros part turns. */
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    var rest = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    int choice = Math.floorMod(input[0], OURS.size() + 1);
    if (choice < OURS.size()) {
      conversation(OURS.get(choice), rest);
    } else {
      template(rest);
    }
  }

  private static void conversation(ChatTemplate template, String text) {
    var turns = new ArrayList<Turn>();
    for (var content : text.split("\0", -1)) {
      turns.add(new Turn(ROLES.get(turns.size() % ROLES.size()), content));
    }
    var rendered = template.render(turns);
    int at = 0;
    for (var turn : turns) {
      // Templates may trim, but change nothing else of what was said.
      var said = turn.content().trim();
      at = rendered.indexOf(said, at);
      Finding.unless(at >= 0, "a turn is not told as it was said: " + said);
      at += said.length();
    }
    Finding.unless(
        rendered.length() <= text.length() + 200 * (turns.size() + 1), "more than was said");
  }

  private static void template(String source) {
    try {
      var rendered =
          new ChatTemplate(source, NAMES)
              .render(List.of(new Turn("user", "first"), new Turn("assistant", "second")));
      Finding.unless(rendered.length() <= Limits.CHAT_TEMPLATE_OUTPUT, "text without bound");
    } catch (IllegalArgumentException e) {
      Finding.unless(!e.getMessage().isEmpty(), "a refusal without a word");
    }
  }

  private static ChatTemplate of(String model) {
    try {
      var config = TokenizerConfig.read(Path.of("..", "models", model), 0);
      return new ChatTemplate(config.chatTemplate().orElseThrow(), config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
