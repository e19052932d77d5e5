package dev.unmask.gateway.openai.reply;

import dev.unmask.type.v1.Usage;
import java.util.List;

/**
 * How many tokens a request took.
 *
 * @param promptTokens once, however many choices there are
 * @param completionTokens of all choices
 * @param totalTokens both
 */
public record TokenUsage(long promptTokens, long completionTokens, long totalTokens) {
  /** Of the choices of one request. */
  public static TokenUsage of(List<Usage> choices) {
    long prompt = choices.stream().mapToLong(Usage::getPromptTokens).max().orElse(0);
    long completion = choices.stream().mapToLong(Usage::getCompletionTokens).sum();
    return new TokenUsage(prompt, completion, prompt + completion);
  }
}
