package dev.unmask.worker.decoding;

/**
 * One mask that became a token.
 *
 * @param position on the canvas
 * @param token its id
 * @param confidence as the model reported it, before any prior
 */
public record Commit(int position, int token, float confidence) {}
