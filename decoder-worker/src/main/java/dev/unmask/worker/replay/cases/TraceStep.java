package dev.unmask.worker.replay.cases;

import dev.unmask.worker.decoding.Commit;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
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

  /** What a replayed step did on a canvas whose prompt has some length. */
  public static TraceStep of(Step step, StepOutcome outcome, Denoiser denoiser, int promptLength) {
    return new TraceStep(
        block(step, outcome, promptLength),
        outcome.commits(),
        StepTrace.of(step, outcome, denoiser.chosen()));
  }

  /** Traces of block-causal models count the model's blocks, and a step by its last row. */
  private static int block(Step step, StepOutcome outcome, int promptLength) {
    int last = step.rows()[step.rows().length - 1];
    return step.mechanism() instanceof Mechanism.BlockCausal(int length)
        ? Math.max(0, last / length - promptLength / length)
        : outcome.block();
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
