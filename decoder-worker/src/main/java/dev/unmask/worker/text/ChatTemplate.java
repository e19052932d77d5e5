package dev.unmask.worker.text;

import com.hubspot.jinjava.interpret.RenderResult;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A checkpoint's Jinja chat template. Safe to share among threads. */
public final class ChatTemplate {
  /**
   * One turn.
   *
   * @param role "system", "user" or "assistant"
   * @param content what was said
   */
  public record Turn(String role, String content) {}

  private final TemplateSandbox sandbox = new TemplateSandbox();
  private final String source;
  private final TokenizerConfig config;

  /**
   * Keeps a template.
   *
   * @param source Jinja text, as in tokenizer_config.json
   * @param config gives the names of the special tokens
   */
  public ChatTemplate(String source, TokenizerConfig config) {
    this.source = TemplateWords.plain(source);
    this.config = config;
  }

  /**
   * Renders a conversation and the header of the answer.
   *
   * @throws IllegalArgumentException if the template refuses it
   */
  public String render(List<Turn> turns) {
    List<Map<String, String>> messages =
        turns.stream().map(t -> Map.of("role", t.role(), "content", t.content())).toList();
    var values =
        Map.<String, Object>of(
            "messages",
            messages,
            "add_generation_prompt",
            true,
            "bos_token",
            config.beginOfSequence(),
            "eos_token",
            config.endOfSequence());
    RenderResult result = sandbox.render(source, values);
    if (result.hasErrors()) {
      throw new IllegalArgumentException(
          "the chat template refuses the conversation: "
              + result.getErrors().stream()
                  .map(error -> error.getMessage())
                  .collect(Collectors.joining("; ")));
    }
    return result.getOutput();
  }
}
