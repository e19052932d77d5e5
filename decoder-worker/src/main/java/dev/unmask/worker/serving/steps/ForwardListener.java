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
        public Mark forward(MadeForward forward) {
          return Mark.NONE;
        }

        @Override
        public void step(Duration took) {}
      };

  /**
   * A forward was made.
   *
   * @return what stands for it, told to whose steps it made
   */
  Mark forward(MadeForward forward);

  /** One of its steps was made, so long after it was submitted. */
  void step(Duration took);
}
