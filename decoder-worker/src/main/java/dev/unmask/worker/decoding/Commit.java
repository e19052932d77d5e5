package dev.unmask.worker.decoding;

/**
 * One mask that became a token.
 *
 * @param position on the canvas
 * @param token its id
 * @param confidence what the unmask policy saw before any prior: as the model reported it, or the
 *     number drawn under a random confidence, or calibrated by PC-Sampler
 */
public record Commit(int position, int token, float confidence) {}
