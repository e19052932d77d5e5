package dev.unmask.worker.replay;

import dev.unmask.worker.decoding.Commit;
import java.util.List;

/**
 * What one forward did, in a trace or in a replay of it.
 *
 * @param block number, from 0
 * @param commits by rising position
 */
record TraceStep(int block, List<Commit> commits) {
  TraceStep {
    commits = List.copyOf(commits);
  }

  /** Whether all but the confidences are equal, and those within a tolerance. */
  boolean matches(TraceStep other, float tolerance) {
    boolean same = block == other.block && commits.size() == other.commits.size();
    for (int i = 0; same && i < commits.size(); i++) {
      var mine = commits.get(i);
      var others = other.commits.get(i);
      same =
          mine.position() == others.position()
              && mine.token() == others.token()
              && Math.abs(mine.confidence() - others.confidence()) <= tolerance;
    }
    return same;
  }
}
