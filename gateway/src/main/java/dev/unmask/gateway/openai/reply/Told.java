package dev.unmask.gateway.openai.reply;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.FinishReason;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** What one choice's generation has told so far. Used by one thread at a time. */
public final class Told {
  private final int index;
  private final boolean logprobs;
  private final StringBuilder text = new StringBuilder();
  private final NavigableMap<Integer, Commit> commits = new TreeMap<>();
  private Opened opened = Opened.getDefaultInstance();
  private Closed closed = Closed.getDefaultInstance();

  /** Nothing yet of a choice; its tokens are kept for their confidences only. */
  public Told(int index, boolean logprobs) {
    this.index = index;
    this.logprobs = logprobs;
  }

  /** Takes the next event. */
  public Told add(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> opened = event.getOpened();
      case DELTA -> keep(event.getDelta());
      case COMMITTED -> text.append(event.getCommitted().getText());
      case CLOSED -> closed = event.getClosed();
      case EVENT_NOT_SET -> {}
    }
    return this;
  }

  /** Name of the model that answers. */
  public String model() {
    return opened.getModel().getName();
  }

  /** How it ended; empty before. */
  public Closed closed() {
    return closed;
  }

  /** Number of the choice, from 0. */
  public int index() {
    return index;
  }

  /** An event as the canvas tells it, unless it is the last one. */
  public Optional<CanvasEvent> canvas(GenerateResponse event) {
    return CanvasEvent.of(index, event);
  }

  String text() {
    return text.toString();
  }

  Took took() {
    return Took.of(opened, closed);
  }

  /** OpenAI knows two: an end of the model's own, or of the room it had. */
  String finishReason() {
    return switch (closed.getFinishReason()) {
      case FINISH_REASON_END_OF_SEQUENCE, FINISH_REASON_STOP_STRING -> "stop";
      case FINISH_REASON_LENGTH, FINISH_REASON_DEADLINE -> "length";
      case FINISH_REASON_UNSPECIFIED, UNRECOGNIZED -> FinishReason.FINISH_REASON_UNSPECIFIED.name();
    };
  }

  /** The answer's tokens, in order, if they are wanted. */
  Optional<List<Commit>> tokens() {
    if (!logprobs) {
      return Optional.empty();
    }
    int end = opened.getPromptTokens() + closed.getUsage().getCompletionTokens();
    return Optional.of(List.copyOf(commits.headMap(end).values()));
  }

  private void keep(StepDelta delta) {
    if (logprobs) {
      delta.getRevokedList().forEach(commits::remove);
      delta.getCommitsList().forEach(commit -> commits.put(commit.getPosition(), commit));
    }
  }
}
