package dev.unmask.worker.method;

/**
 * Classifier-free guidance: logits become c + scale (c - u), with c of the canvas and u of the same
 * canvas with a masked prompt. Source: LLaDA generate.py; dLLM-Cache for the interval.
 *
 * @param scale above 0
 * @param interval steps between those that compute u; the others take the last difference c - u
 *     again; 1: every step
 */
public record Guidance(double scale, int interval) {
  /** First steps, which compute u whatever the interval (dLLM-Cache). */
  private static final int FIRST_STEPS = 5;

  public Guidance {
    if (!(scale > 0) || interval < 1) {
      throw new IllegalArgumentException("no guidance: " + scale + ", " + interval);
    }
  }

  /** Whether a step, from 0, computes both halves. */
  public boolean computes(int step) {
    return step < FIRST_STEPS || step % interval == 0;
  }
}
