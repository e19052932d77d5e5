package dev.unmask.worker.decoding;

import java.util.List;

/**
 * What a step changes.
 *
 * @param commits masks that become tokens, by rising position
 * @param revoked positions that become masks again, rising
 * @param hurried how many of the commits the policy did not pick
 * @param confidences over the generated part, before any prior; negative infinity where the step
 *     tells none
 */
record Choice(List<Commit> commits, int[] revoked, int hurried, float[] confidences) {
  Choice {
    commits = List.copyOf(commits);
  }
}
