package dev.unmask.bench.preference;

/**
 * What one candidate was seen to do.
 *
 * @param candidate that answered
 * @param questions it answered
 * @param right answers
 * @param steps mean of a request
 * @param rows mean of a request
 * @param nanos median time of a request; says something beside others of the same run only
 */
record Measured(
    Candidate candidate, int questions, int right, double steps, double rows, double nanos) {}
