package dev.unmask.worker.pages.transfer;

import dev.unmask.contract.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Connections that pages take to one instance, side by side. A connection is one thread at each of
 * its ends, which copies and checks; so where there are processors to spare, several move more.
 *
 * @param most how many, 1 to {@link Limits#CACHE_CONNECTIONS}
 */
public record Lanes(int most) {
  private static final int PROCESSORS = 4;
  private static final int USUAL_MOST = 4;

  /** One for every four processors, four at most; on a small machine one. */
  public static Lanes usual() {
    int processors = Runtime.getRuntime().availableProcessors();
    return new Lanes(Math.clamp(processors / PROCESSORS, 1, USUAL_MOST));
  }

  /**
   * Divides things, in their order, into shares of about as many bytes. Few bytes stay together,
   * because they are there sooner than another call.
   *
   * @param bytes of a thing
   * @return at least one share and at most as many as there are lanes
   */
  <T> List<List<T>> divide(List<T> things, ToLongFunction<T> bytes) {
    long all = things.stream().mapToLong(bytes).sum();
    long lanes = Math.clamp(all / Limits.PAGE_LANE_BYTES, 1, most);
    var shares = new ArrayList<List<T>>();
    int from = 0;
    long sum = 0;
    for (int next = 0; next < things.size(); next++) {
      sum += bytes.applyAsLong(things.get(next));
      boolean full = shares.size() < lanes - 1 && sum * lanes >= all * (shares.size() + 1);
      if (full || next == things.size() - 1) {
        shares.add(things.subList(from, next + 1));
        from = next + 1;
      }
    }
    return shares.isEmpty() ? List.of(things) : shares;
  }
}
