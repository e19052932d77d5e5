package dev.unmask.bench.eviction;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * A store that knows what will be asked for (Belady 1966): gives up the state whose next use is
 * farthest away. That is best for states of one size; for states of many sizes the best is not
 * known in reasonable time, so a second one gives up the state with the largest product of distance
 * and bytes, and the better of the two stands for the best.
 */
final class Belady {
  private static final int NEVER = Integer.MAX_VALUE;

  private final List<Access> accesses;
  private final int[] nextUse;
  private final long capacity;

  Belady(Trace trace, long capacity) {
    this.accesses = trace.accesses();
    this.capacity = capacity;
    this.nextUse = new int[accesses.size()];
    Map<String, Integer> next = new HashMap<>();
    for (int i = accesses.size() - 1; i >= 0; i--) {
      var before = next.put(accesses.get(i).state(), i);
      nextUse[i] = before == null ? NEVER : before;
    }
  }

  /** The better of the two. */
  HitRate run() {
    var farthest = run((distance, _) -> distance);
    var heaviest = run((distance, access) -> (double) distance * access.bytes());
    return farthest.states() > heaviest.states() ? farthest : heaviest;
  }

  private HitRate run(ToDoubleBiFunction<Integer, Access> waste) {
    var sum = new HitRate.Sum();
    Map<String, Integer> there = new HashMap<>();
    long bytes = 0;
    for (int now = 0; now < nextUse.length; now++) {
      var access = accesses.get(now);
      boolean hit = there.put(access.state(), nextUse[now]) != null;
      sum.add(access, hit);
      sizes.put(access.state(), access);
      bytes += hit ? 0 : access.bytes();
      while (bytes > capacity) {
        bytes -= giveUp(there, now, waste);
      }
    }
    return sum.rate();
  }

  private final Map<String, Access> sizes = new HashMap<>();

  private long giveUp(
      Map<String, Integer> there, int now, ToDoubleBiFunction<Integer, Access> waste) {
    String worst = "";
    double most = -1;
    for (var entry : there.entrySet()) {
      var access = sizes.get(entry.getKey());
      // What never comes again goes first, whatever its size.
      double wasted =
          entry.getValue() == NEVER
              ? Double.MAX_VALUE
              : waste.applyAsDouble(entry.getValue() - now, access);
      if (wasted > most) {
        most = wasted;
        worst = entry.getKey();
      }
    }
    there.remove(worst);
    return sizes.get(worst).bytes();
  }
}
