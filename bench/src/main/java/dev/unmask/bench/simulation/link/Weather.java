package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.time.Timeline;

/**
 * What a link does to what goes over it. Times in nanoseconds.
 *
 * @param least a message takes
 * @param spread it takes longer, evenly distributed
 * @param hold how much longer a message takes that is held back
 * @param heldOneIn one message in so many is held back, and all of its call behind it; 0: none
 * @param breaksOneIn before one message in so many the connection breaks; 0: never
 * @param damagedOneIn one message in so many of those that may be has a byte changed; 0: none
 * @param window messages of one call and direction that are under way before its sender is asked to
 *     wait, at least 1
 */
public record Weather(
    long least,
    long spread,
    long hold,
    int heldOneIn,
    int breaksOneIn,
    int damagedOneIn,
    int window) {
  /** The same with damage to messages. */
  public Weather damaging(int oneIn) {
    return new Weather(least, spread, hold, heldOneIn, breaksOneIn, oneIn, window);
  }

  long takes(Timeline timeline) {
    long delay = least + (spread == 0 ? 0 : timeline.random().nextLong(spread));
    return drawn(heldOneIn, timeline) ? delay + timeline.random().nextLong(hold) : delay;
  }

  boolean breaks(Timeline timeline) {
    return drawn(breaksOneIn, timeline);
  }

  boolean damages(Timeline timeline) {
    return drawn(damagedOneIn, timeline);
  }

  private static boolean drawn(int oneIn, Timeline timeline) {
    return oneIn > 0 && timeline.random().nextInt(oneIn) == 0;
  }
}
