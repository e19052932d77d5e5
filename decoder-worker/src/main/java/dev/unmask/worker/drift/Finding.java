package dev.unmask.worker.drift;

import java.time.Duration;

/**
 * What one depth gave at one share.
 *
 * @param share of the prompt at most taken from another's forward
 * @param depth layers taken; 0: none, all layers: never computed
 * @param questions answered
 * @param right of them
 * @param shared positions a question, mean
 * @param firstRows that the first forward computed, a row of some layers counted as its share of
 *     them, mean
 * @param rows that all forwards computed, mean
 * @param first time of the first forward, mean
 * @param total time of all forwards, mean
 */
record Finding(
    double share,
    int depth,
    int questions,
    int right,
    double shared,
    double firstRows,
    double rows,
    Duration first,
    Duration total) {
  double accuracy() {
    return questions == 0 ? 0 : (double) right / questions;
  }
}
