package dev.unmask.client.evaluation.method;

import dev.unmask.client.evaluation.settings.ModelKind;

/**
 * What is decoded: defaults depend on it.
 *
 * @param task name of the task, as the published projects call it
 * @param generationLength how long answers of the task may get, in tokens, for tasks d2Cache does
 *     not list
 * @param kind of the model
 */
public record Subject(String task, int generationLength, ModelKind kind) {}
