package dev.unmask.gateway.routing;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import dev.unmask.type.v1.Prompt;

/**
 * What decides whether two requests can share states: model, prompt and generation length.
 *
 * @param model name of the model
 * @param prompt SHA-256 of the prompt as the client wrote it
 * @param generationLength tokens to generate
 */
public record ContextKey(String model, HashCode prompt, long generationLength) {
  /** The key of a request. */
  public static ContextKey of(String model, Prompt prompt, long generationLength) {
    return new ContextKey(
        model, Hashing.sha256().hashBytes(prompt.toByteArray()), generationLength);
  }
}
