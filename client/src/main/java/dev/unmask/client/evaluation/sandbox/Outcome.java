package dev.unmask.client.evaluation.sandbox;

/**
 * How a command ended.
 *
 * @param ending whether it ended by itself
 * @param exitCode its exit status, 128 + the signal's number when a signal ended it; meaningless
 *     when it did not end by itself
 * @param output standard output and standard error in the order they were written, up to the bound
 */
public record Outcome(Ending ending, int exitCode, String output) {
  /** Why a command ended. */
  public enum Ending {
    /** It ended by itself or by one of the system's limits. */
    EXITED,
    /** It was killed when its wall time was over. */
    TIMED_OUT,
    /** It was killed when it had written more than it may. */
    TALKED_TOO_MUCH
  }
}
