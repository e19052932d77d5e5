package dev.unmask.gateway.openai.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * A completion, or a chunk of one.
 *
 * @param id of the request; the worker's log has it, too
 * @param object which kind it is
 * @param created unit: seconds since 1970
 * @param model that answers
 * @param choices answers, or what is new of them
 * @param usage what it took, where that is told
 * @param unmask an event of the canvas, in a chunk without choices
 */
public record Reply(
    String id,
    String object,
    long created,
    String model,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TokenUsage> usage,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CanvasEvent> unmask) {
  public Reply {
    choices = List.copyOf(choices);
  }

  /** This with an event of the canvas. */
  public Reply with(CanvasEvent event) {
    return new Reply(id, object, created, model, choices, usage, Optional.of(event));
  }

  /** This with what it took. */
  public Reply with(TokenUsage took) {
    return new Reply(id, object, created, model, choices, Optional.of(took), unmask);
  }
}
