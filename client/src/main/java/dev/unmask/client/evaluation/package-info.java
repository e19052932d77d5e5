/**
 * Evaluation: what a benchmark's questions are answered with which model and method, how right and
 * how fast. {@code task} reads questions and {@code grading} judges answers; {@code settings} and
 * {@code method} say how to decode; {@code run} asks; {@code report} tells.
 */
package dev.unmask.client.evaluation;
