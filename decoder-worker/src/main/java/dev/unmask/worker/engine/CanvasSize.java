package dev.unmask.worker.engine;

/**
 * Lengths of a request's canvas.
 *
 * @param prompt positions of the prompt
 * @param generation positions that follow
 */
record CanvasSize(int prompt, int generation) {
  /** All positions. */
  int positions() {
    return prompt + generation;
  }
}
