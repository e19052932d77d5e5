package dev.unmask.worker.serving.steps;

import java.time.Duration;

/**
 * Who wants to know how long forwards and steps take. Called by the engine's thread: must be quick.
 */
public interface ForwardListener {
  /** Does not listen. */
  ForwardListener NOBODY =
      new ForwardListener() {
        @Override
        public void forward(Duration took, int steps) {}

        @Override
        public void step(Duration took) {}
      };

  /** A forward of so many steps was made. */
  void forward(Duration took, int steps);

  /** One of its steps was made, so long after it was submitted. */
  void step(Duration took);
}
