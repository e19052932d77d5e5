package dev.unmask.client;

import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.Usage;
import java.util.List;

/**
 * What a generation said in the end.
 *
 * @param opened who decoded it
 * @param text committed text, cut where the answer ends
 * @param tokens token ids from the first generated position up to the first one left a mask
 * @param finishReason why it ended
 * @param usage what it took
 */
public record Answer(
    Opened opened, String text, List<Integer> tokens, FinishReason finishReason, Usage usage) {
  public Answer {
    tokens = List.copyOf(tokens);
  }
}
