package dev.unmask.gateway.openai.reply;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.StepDelta;
import java.util.List;
import java.util.Optional;

/**
 * An event of one choice's canvas, the contract's with its names.
 *
 * @param index of the choice
 * @param opened it has a slot
 * @param delta what a step did
 * @param committed text that stays
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record CanvasEvent(
    int index, Optional<Opened> opened, Optional<Delta> delta, Optional<Committed> committed) {
  /** The event of a choice, unless it is the last one. */
  static Optional<CanvasEvent> of(int index, GenerateResponse event) {
    var opened =
        event.hasOpened() ? Optional.of(Opened.of(event.getOpened())) : Optional.<Opened>empty();
    var delta =
        event.hasDelta() ? Optional.of(Delta.of(event.getDelta())) : Optional.<Delta>empty();
    var committed =
        event.hasCommitted()
            ? Optional.of(
                new Committed(
                    event.getCommitted().getText(), event.getCommitted().getEndPosition()))
            : Optional.<Committed>empty();
    return event.hasClosed()
        ? Optional.empty()
        : Optional.of(new CanvasEvent(index, opened, delta, committed));
  }

  /** {@code Opened} of the contract. */
  record Opened(
      String requestId,
      String worker,
      int promptTokens,
      int generationLength,
      int blockLength,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Preferred> method) {
    private static Opened of(dev.unmask.type.v1.Opened opened) {
      return new Opened(
          opened.getRequestId(),
          opened.getWorker(),
          opened.getPromptTokens(),
          opened.getGenerationLength(),
          opened.getBlockLength(),
          Preferred.of(opened));
    }
  }

  /** {@code StepDelta} of the contract. */
  record Delta(
      int step,
      int block,
      List<Committing> commits,
      List<Integer> revoked,
      int rowsComputed,
      boolean refresh) {
    private static Delta of(StepDelta delta) {
      return new Delta(
          delta.getStep(),
          delta.getBlock(),
          delta.getCommitsList().stream().map(Committing::of).toList(),
          delta.getRevokedList(),
          delta.getRowsComputed(),
          delta.getRefresh());
    }
  }

  /** {@code Commit} of the contract. */
  record Committing(int position, int token, float confidence, String piece) {
    private static Committing of(Commit commit) {
      return new Committing(
          commit.getPosition(), commit.getToken(), commit.getConfidence(), commit.getPiece());
    }
  }

  /** {@code CommittedText} of the contract. */
  record Committed(String text, int endPosition) {}
}
