package dev.unmask.gateway.openai.reply;

import java.util.Optional;

/**
 * A request that failed, as OpenAI's clients read it.
 *
 * @param error what went wrong
 */
public record Failure(Details error) {
  /**
   * What went wrong.
   *
   * @param message for a person
   * @param type which kind
   * @param param the first field that is wrong
   * @param code the kind's kind
   */
  public record Details(
      String message, String type, Optional<String> param, Optional<String> code) {}
}
