package dev.unmask.client.output;

import dev.unmask.type.v1.StepDelta;
import java.util.List;

/** A step as the JSON output tells it. */
record StepReport(
    int step,
    int block,
    int rowsComputed,
    boolean refresh,
    List<CommitReport> commits,
    List<Integer> revoked) {
  static StepReport of(StepDelta delta) {
    var commits =
        delta.getCommitsList().stream()
            .map(c ->
                new CommitReport(c.getPosition(), c.getToken(), c.getConfidence(), c.getPiece()))
            .toList();
    return new StepReport(
        delta.getStep(),
        delta.getBlock(),
        delta.getRowsComputed(),
        delta.getRefresh(),
        commits,
        delta.getRevokedList());
  }

  /** One mask that became a token. */
  record CommitReport(int position, int token, float confidence, String piece) {}
}
