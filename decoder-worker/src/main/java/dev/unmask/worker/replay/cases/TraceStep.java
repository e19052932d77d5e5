package dev.unmask.worker.replay.cases;

import dev.unmask.worker.decoding.Commit;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Step;
import java.util.List;

/**
 * What one forward did, in a trace or in a replay of it.
 *
 * @param block number, from 0
 * @param commits by rising position; a confidence that is not a number is not known
 * @param more what else is known of it
 */
public record TraceStep(int block, List<Commit> commits, StepTrace more) {
  public TraceStep {
    commits = List.copyOf(commits);
  }

  /** What a replayed step did. */
  public static TraceStep of(Step step, StepOutcome outcome, Denoiser denoiser) {
    return new TraceStep(
        outcome.block(), outcome.commits(), StepTrace.of(step, outcome, denoiser.chosen()));
  }

  /** Whether all but the confidences are equal, and those within a tolerance. */
  public boolean matches(TraceStep other, float tolerance) {
    boolean same =
        block == other.block && commits.size() == other.commits.size() && more.matches(other.more);
    for (int i = 0; same && i < commits.size(); i++) {
      var mine = commits.get(i);
      var others = other.commits.get(i);
      same =
          mine.position() == others.position()
              && mine.token() == others.token()
              && !(Math.abs(mine.confidence() - others.confidence()) > tolerance);
    }
    return same;
  }
}
