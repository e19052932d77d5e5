/** Reads mathematics as models and books write it, and says whether two answers are the same. */
package dev.unmask.client.evaluation.grading.math;
