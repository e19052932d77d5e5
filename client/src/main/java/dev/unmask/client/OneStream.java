package dev.unmask.client;

import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Closed;
import dev.unmask.type.v1.CommittedText;
import dev.unmask.type.v1.StepDelta;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Checks what a client may rely on, however many workers decode its request: opened once, steps in
 * order, no position told twice, text that only grows. For methods that revoke nothing; for one
 * thread.
 */
public final class OneStream {
  private final Set<Integer> told = new HashSet<>();
  private Optional<String> broken = Optional.empty();
  private boolean opened;
  private int steps;
  private int end;

  /** Checks the next event. */
  public void add(GenerateResponse event) {
    switch (event.getEventCase()) {
      case OPENED -> {
        check(!opened, "opened twice");
        opened = true;
      }
      case DELTA -> add(event.getDelta());
      case COMMITTED -> add(event.getCommitted());
      case CLOSED -> add(event.getClosed());
      case EVENT_NOT_SET -> check(false, "an empty event");
    }
  }

  /** What was broken first; empty if nothing was. */
  public Optional<String> broken() {
    return broken;
  }

  private void add(StepDelta delta) {
    check(delta.getStep() == steps, "step " + delta.getStep() + " after " + steps + " steps");
    steps = delta.getStep() + 1;
    for (var commit : delta.getCommitsList()) {
      check(told.add(commit.getPosition()), "position " + commit.getPosition() + " told twice");
    }
  }

  private void add(CommittedText text) {
    check(text.getEndPosition() > end, "text up to " + text.getEndPosition() + " after " + end);
    end = text.getEndPosition();
  }

  private void add(Closed closed) {
    int counted = closed.getUsage().getSteps();
    check(counted == steps, counted + " steps counted, " + steps + " told");
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      broken = broken.or(() -> Optional.of(otherwise));
    }
  }
}
