package dev.unmask.client.load.measure;

/**
 * What became of the requests that arrived while it was measured.
 *
 * @param arrived all of them
 * @param completed answered
 * @param refused there was no room: RESOURCE_EXHAUSTED
 * @param failed otherwise
 * @param unfinished under way when the generator gave up waiting
 * @param notSent the generator itself had too many under way
 * @param ended requests, whenever they arrived, that ended while it was measured
 */
public record Counts(
    long arrived,
    long completed,
    long refused,
    long failed,
    long unfinished,
    long notSent,
    long ended) {
  /** Requests without an answer. */
  public long lost() {
    return refused + failed + unfinished + notSent;
  }

  /** How many more requests were under way in the end than in the beginning. */
  public long backlog() {
    return arrived - notSent - ended;
  }
}
