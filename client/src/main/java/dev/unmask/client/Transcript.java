package dev.unmask.client;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.GivenToken;
import dev.unmask.type.v1.Opened;
import dev.unmask.type.v1.StepDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a generation has said so far: its events, folded. For one thread. */
public final class Transcript {
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, Integer> tokens = new HashMap<>();
  private final List<GivenToken> given;
  private Optional<Opened> opened = Optional.empty();
  private Optional<Closed> closed = Optional.empty();

  /** Of a request that gave no tokens. */
  public Transcript() {
    this(List.of());
  }

  /**
   * Nothing said yet.
   *
   * @param given tokens of the answer that the request gave, which no event tells
   */
  public Transcript(List<GivenToken> given) {
    this.given = List.copyOf(given);
  }

  /** Takes in the next event. */
  public void add(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> open(event.getOpened());
      case DELTA -> add(event.getDelta());
      case COMMITTED -> text.append(event.getCommitted().getText());
      case CLOSED -> closed = Optional.of(event.getClosed());
      case EVENT_NOT_SET -> {
        // From a newer gateway: an event this client need not know.
      }
    }
  }

  /**
   * The answer.
   *
   * @throws IllegalStateException when the generation is not over
   */
  public Answer answer() {
    var start = opened.orElseThrow(() -> new IllegalStateException("the generation did not open"));
    var end = closed.orElseThrow(() -> new IllegalStateException("the generation did not close"));
    return new Answer(
        start,
        text.toString(),
        known(start.getPromptTokens()),
        end.getFinishReason(),
        end.getUsage());
  }

  private void open(Opened event) {
    opened = Optional.of(event);
    given.forEach(
        known -> tokens.put(event.getPromptTokens() + known.getPosition(), known.getToken()));
  }

  private void add(StepDelta delta) {
    delta.getRevokedList().forEach(tokens::remove);
    for (Commit commit : delta.getCommitsList()) {
      tokens.put(commit.getPosition(), commit.getToken());
    }
  }

  private List<Integer> known(int first) {
    var known = new ArrayList<Integer>();
    for (int position = first; tokens.containsKey(position); position++) {
      known.add(tokens.get(position));
    }
    return known;
  }
}
