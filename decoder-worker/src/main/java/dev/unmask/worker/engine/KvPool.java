package dev.unmask.worker.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Which positions of a device's key and value memory belong to whom. The memory itself is taken
 * once, at start; a request takes a run of positions for as long as it lives, so that no key is
 * ever moved and a batch can address any request's keys by where they begin. Thread-safe.
 *
 * <p>First fit, neighbours joined: requests are few (tens) and large (hundreds of positions), and
 * all but the last page of a run is the same size class.
 *
 * <p>What a request leaves in the leading positions of its run may stay until somebody needs the
 * room. Such an idle run counts as free: taking gives idle runs up, those used longest ago first,
 * as long as that helps.
 *
 * <pre>
 *   take ──▶ run, used ── give ──────────────────────▶ free
 *                 └ retain, give ─▶ idle | free         ▲
 *                                     └ take, giveUp ───┘
 * </pre>
 */
public final class KvPool {
  /** Runs begin and end at multiples of this, so that freed ones fit what comes next. */
  private static final int ALIGNMENT = 32;

  private final int capacity;
  private final TreeMap<Integer, Integer> free = new TreeMap<>();

  /** By first slot, those used longest ago first. */
  private final LinkedHashMap<Integer, Idle> idle = new LinkedHashMap<>(16, 0.75f, true);

  private int used;
  private int retained;
  private int mostRetained;
  private int mostIdle;

  /**
   * All free.
   *
   * @param capacity positions altogether
   */
  public KvPool(int capacity) {
    if (capacity < ALIGNMENT) {
      throw new IllegalArgumentException("a pool has at least " + ALIGNMENT + " positions");
    }
    this.capacity = capacity / ALIGNMENT * ALIGNMENT;
    free.put(0, this.capacity);
  }

  /**
   * A run of positions that one request owns.
   *
   * @param start first slot
   * @param count slots
   */
  public record Run(int start, int count) {}

  /**
   * The leading positions of a run that stay when their request gives it back. Compared by
   * identity: another one may lie in the same place later.
   */
  public static final class Idle {
    private final Run run;
    private final Consumer<Idle> end;
    private boolean owned = true;

    private Idle(Run run, Consumer<Idle> end) {
      this.run = run;
      this.end = end;
    }

    /** The slots that stay. */
    public Run run() {
      return run;
    }
  }

  /**
   * Takes a run; empty if none is free that is long enough, even with all idle ones given up. Then
   * none of them is.
   */
  public synchronized Optional<Run> take(int positions) {
    int count = aligned(positions);
    var run = fit(count);
    if (run.isEmpty() && fitsWithoutIdle(count)) {
      while (run.isEmpty() && giveUpOldest()) {
        run = fit(count);
      }
    }
    return run;
  }

  private Optional<Run> fit(int count) {
    for (Map.Entry<Integer, Integer> hole : free.entrySet()) {
      if (hole.getValue() >= count) {
        return Optional.of(cut(hole.getKey(), hole.getValue(), count));
      }
    }
    return Optional.empty();
  }

  private boolean fitsWithoutIdle(int count) {
    var holes = new TreeMap<>(free);
    idle.values().stream()
        .filter(stays -> !stays.owned)
        .forEach(stays -> holes.put(stays.run.start(), stays.run.count()));
    int start = 0;
    int end = -1;
    for (var hole : holes.entrySet()) {
      start = hole.getKey() == end ? start : hole.getKey();
      end = hole.getKey() + hole.getValue();
      if (end - start >= count) {
        return true;
      }
    }
    return false;
  }

  private Run cut(int start, int length, int count) {
    free.remove(start);
    if (length > count) {
      free.put(start + count, length - count);
    }
    used += count;
    return new Run(start, count);
  }

  /** Gives a run back; what was told to stay of it stays. */
  public synchronized void give(Run run) {
    used -= run.count();
    var stays = idle.get(run.start());
    if (stays == null || !stays.owned) {
      free(run);
      return;
    }
    stays.owned = false;
    int kept = stays.run.count();
    retained += kept;
    if (run.count() > kept) {
      free(new Run(run.start() + kept, run.count() - kept));
    }
    keepWithinBounds();
  }

  private void free(Run run) {
    int start = run.start();
    int count = run.count();
    var before = free.floorEntry(start);
    if (before != null && before.getKey() + before.getValue() == start) {
      start = before.getKey();
      count += before.getValue();
    }
    var after = free.remove(run.start() + run.count());
    free.put(start, after == null ? count : count + after);
  }

  /**
   * How much may stay. What is more than that already is given up, but for runs that were not given
   * back yet. By default nothing stays.
   *
   * @param positions of all idle runs together
   * @param runs how many
   */
  public synchronized void retainAtMost(int positions, int runs) {
    mostRetained = positions / ALIGNMENT * ALIGNMENT;
    mostIdle = runs;
    keepWithinBounds();
  }

  private void keepWithinBounds() {
    boolean more = true;
    while (more && (retained > mostRetained || idle.size() > mostIdle)) {
      more = giveUpOldest();
    }
  }

  /**
   * Has the leading positions of a run stay when it is given back: as many of them as may, in whole
   * pages.
   *
   * @param run that was taken, of a request that writes to these positions no more
   * @param end told once, when they are given up, on the thread that gives them up and under the
   *     pool's lock: it must be short, and must not come back here
   * @return empty if nothing may stay
   */
  public synchronized Optional<Idle> retain(Run run, int positions, Consumer<Idle> end) {
    int most = Math.min(Math.min(positions, run.count()), mostRetained);
    int count = most / ALIGNMENT * ALIGNMENT;
    if (count == 0 || mostIdle == 0 || idle.containsKey(run.start())) {
      return Optional.empty();
    }
    var stays = new Idle(new Run(run.start(), count), end);
    idle.put(run.start(), stays);
    return Optional.of(stays);
  }

  /** Tells whether an idle run is still there, and counts that as a use of it. */
  public synchronized boolean touch(Idle stays) {
    return idle.get(stays.run.start()) == stays;
  }

  /** Gives an idle run up, if it is still there. */
  public synchronized void giveUp(Idle stays) {
    if (idle.remove(stays.run.start(), stays)) {
      if (!stays.owned) {
        retained -= stays.run.count();
        free(stays.run);
      }
      stays.end.accept(stays);
    }
  }

  private boolean giveUpOldest() {
    var oldest = idle.values().stream().filter(stays -> !stays.owned).findFirst();
    oldest.ifPresent(this::giveUp);
    return oldest.isPresent();
  }

  /** Positions altogether. */
  public int capacity() {
    return capacity;
  }

  /** Positions that are taken; idle ones are not. */
  public synchronized int used() {
    return used;
  }

  /** Positions of idle runs. */
  public synchronized int retained() {
    return retained;
  }

  /** Whether a request of this size could ever run. */
  public boolean fits(int positions) {
    return aligned(positions) <= capacity;
  }

  private static int aligned(int positions) {
    return Math.ceilDiv(Math.max(1, positions), ALIGNMENT) * ALIGNMENT;
  }
}
