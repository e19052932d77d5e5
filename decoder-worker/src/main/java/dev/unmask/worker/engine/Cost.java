package dev.unmask.worker.engine;

/**
 * What a step takes of a forward.
 *
 * @param rows it computes; 0 if a stored forward answers it
 * @param keys its rows attend to, counted once
 * @param scored rows whose logits are made
 * @param refresh whether its rows are all positions of the canvas, or of many blocks at once
 */
public record Cost(int rows, int keys, int scored, boolean refresh) {}
