/** What became of questions, kept on disk as it happens. */
package dev.unmask.client.evaluation.result;
