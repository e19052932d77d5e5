package dev.unmask.worker.scheduling;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.KvPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives requests their places: one of a number of slots, and a run of the device's memory that is
 * long enough for all their steps, so that a request once begun never lacks memory.
 *
 * <p>Requests come in the order of a {@link FairQueue}. One that finds too little memory keeps all
 * behind it from that memory, so that small requests cannot starve a large one: what is freed adds
 * up until it fits. Requests to models with other memory go on.
 *
 * <p>Used by one thread at a time.
 *
 * @param <T> a request, told apart by {@code equals}
 */
public final class Admission<T> {
  private final int slots;
  private final FairQueue<T> line = new FairQueue<>(Limits.PASSED_OVER_REQUESTS);
  private final Map<T, Demand> demands = new HashMap<>();
  private int running;

  /**
   * All free.
   *
   * @param slots requests that may run at once
   */
  public Admission(int slots) {
    this.slots = slots;
  }

  /**
   * A request with its place.
   *
   * @param demand it came with
   * @param run of its memory; {@link #leave} gives it back
   */
  public record Admitted<T>(T request, Demand demand, KvPool.Run run) {}

  /**
   * Joins the line.
   *
   * @throws IllegalArgumentException if it could never be admitted
   */
  public void add(T request, Demand demand) {
    if (!demand.possible()) {
      throw new IllegalArgumentException("it would wait for ever");
    }
    line.add(request, demand.ticket());
    demands.put(request, demand);
  }

  /** Leaves the line; tells whether it was in it. */
  public boolean withdraw(T request) {
    demands.remove(request);
    return line.remove(request);
  }

  /** Admits all who fit now; to be called after whatever could have changed that. */
  public List<Admitted<T>> admit() {
    var admitted = new ArrayList<Admitted<T>>();
    var lacking = new HashSet<KvPool>();
    line.take(request -> running < slots && place(request, lacking, admitted));
    return admitted;
  }

  private boolean place(T request, Set<KvPool> lacking, List<Admitted<T>> admitted) {
    var demand = demands.get(request);
    if (lacking.contains(demand.pool())) {
      return false;
    }
    var run = demand.pool().take(demand.positions());
    run.ifPresentOrElse(
        taken -> admitted.add(begin(request, taken)), () -> lacking.add(demand.pool()));
    return run.isPresent();
  }

  private Admitted<T> begin(T request, KvPool.Run run) {
    running++;
    return new Admitted<>(request, demands.remove(request), run);
  }

  /** An admitted request is over, and its state closed: slot and memory are free. */
  public void leave(Admitted<T> admitted) {
    running--;
    admitted.demand().pool().give(admitted.run());
  }

  /** Requests that have a place. */
  public int running() {
    return running;
  }

  /** Requests that wait for one. */
  public int waiting() {
    return line.size();
  }
}
