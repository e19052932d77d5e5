package dev.unmask.worker.serving.steps;

import dev.unmask.worker.engine.Cost;
import java.time.Duration;

/**
 * A step that was made.
 *
 * @param forward how long the forward took that made it
 * @param waited from its submission to that forward's beginning
 * @param cost what it took of the forward
 * @param mark what stands for the forward
 */
public record MadeStep(Duration forward, Duration waited, Cost cost, Mark mark) {
  /** None yet. */
  static final MadeStep NONE =
      new MadeStep(Duration.ZERO, Duration.ZERO, new Cost(0, 0, 0, false), Mark.NONE);
}
