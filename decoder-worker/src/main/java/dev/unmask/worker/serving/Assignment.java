package dev.unmask.worker.serving;

import dev.unmask.worker.method.Method;
import java.util.List;

/**
 * A request that passed all checks.
 *
 * @param requestId its name in logs
 * @param model that answers
 * @param namespace whose states it may share
 * @param method how to decode
 * @param prompt token ids
 * @param stop strings that end the text
 * @param received when it arrived, on {@link System#nanoTime}'s scale
 */
public record Assignment(
    String requestId,
    ServedModel model,
    String namespace,
    Method method,
    int[] prompt,
    List<String> stop,
    long received) {
  public Assignment {
    stop = List.copyOf(stop);
  }

  /** Positions of the canvas. */
  public int canvasLength() {
    return prompt.length + method.generationLength();
  }
}
