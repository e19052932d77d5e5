package dev.unmask.client.evaluation.sandbox;

import java.nio.file.Path;

/**
 * Where the programs of answers are run.
 *
 * @param python the interpreter
 * @param sandbox what is around it
 */
public record Grounds(Path python, Sandbox sandbox) {}
