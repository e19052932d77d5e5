package dev.unmask.client.evaluation.report.metric;

/**
 * How many questions were answered right.
 *
 * @param correct right ones
 * @param questions all that were asked; one that failed counts as wrong, so that no method gains by
 *     failing
 * @param rate the first over the second, 0 when nothing was asked
 * @param interval of 95 percent
 */
public record Accuracy(int correct, int questions, double rate, Wilson interval) {
  /** Of counts. */
  static Accuracy of(int correct, int questions) {
    double rate = questions == 0 ? 0 : (double) correct / questions;
    return new Accuracy(correct, questions, rate, Wilson.of(correct, questions));
  }
}
