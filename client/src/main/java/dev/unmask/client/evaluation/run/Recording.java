package dev.unmask.client.evaluation.run;

import dev.unmask.client.Answer;
import dev.unmask.client.Transcript;
import dev.unmask.client.evaluation.result.Trace;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.StepDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One generation as it goes on: its answer, and in which order it came. For one thread. */
final class Recording {
  private static final double THOUSANDTHS = 1000;

  private final Transcript transcript = new Transcript();
  private final List<Trace.Step> steps = new ArrayList<>();
  private final List<Integer> tokens = new ArrayList<>();
  private int start;

  /** Takes in the next event. */
  void add(GenerateResponse event) {
    transcript.add(event);
    if (event.hasOpened()) {
      start = event.getOpened().getPromptTokens();
      tokens.addAll(Collections.nCopies(event.getOpened().getGenerationLength(), Trace.MASK));
    } else if (event.hasDelta()) {
      steps.add(step(event.getDelta()));
    }
  }

  /**
   * What it said.
   *
   * @throws IllegalStateException when it is not over
   */
  Answer answer() {
    return transcript.answer();
  }

  Trace trace() {
    return new Trace(tokens, steps);
  }

  private Trace.Step step(StepDelta delta) {
    var revoked = delta.getRevokedList().stream().map(position -> position - start).toList();
    revoked.forEach(position -> put(position, Trace.MASK));
    var commits = delta.getCommitsList();
    commits.forEach(commit -> put(commit.getPosition() - start, commit.getToken()));
    return new Trace.Step(
        commits.stream().map(commit -> commit.getPosition() - start).toList(),
        commits.stream().map(Recording::confidence).toList(),
        revoked);
  }

  /** Positions outside the generated part are a server's mistake; the answer does without them. */
  private void put(int position, int token) {
    if (position >= 0 && position < tokens.size()) {
      tokens.set(position, token);
    }
  }

  private static double confidence(Commit commit) {
    return Math.round(commit.getConfidence() * THOUSANDTHS) / THOUSANDTHS;
  }
}
