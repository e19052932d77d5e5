/** Benchmarks: reads their files, asks their questions, names their graders. */
package dev.unmask.client.evaluation.task;
