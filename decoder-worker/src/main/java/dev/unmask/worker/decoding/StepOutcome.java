package dev.unmask.worker.decoding;

import java.util.List;

/**
 * What one step did to the canvas.
 *
 * @param step its number, from 0
 * @param block number of the block it worked on, from 0
 * @param commits masks that became tokens, by rising position; may be empty
 * @param revoked positions that became masks again, rising; empty but for revoking methods
 * @param hurried how many of the commits the method did not choose, but the time left
 * @param rowsComputed rows the device computed; 0 when a stored forward answered
 * @param refresh whether the step's rows were the whole canvas
 * @param blockFinished whether the block is over with this step
 */
public record StepOutcome(
    int step,
    int block,
    List<Commit> commits,
    List<Integer> revoked,
    int hurried,
    int rowsComputed,
    boolean refresh,
    boolean blockFinished) {
  public StepOutcome {
    commits = List.copyOf(commits);
    revoked = List.copyOf(revoked);
  }
}
