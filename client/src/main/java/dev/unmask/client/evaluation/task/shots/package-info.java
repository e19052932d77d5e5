/** Solved examples that go before a question. */
package dev.unmask.client.evaluation.task.shots;
