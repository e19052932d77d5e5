package dev.unmask.worker.scheduling;

import dev.unmask.contract.Limits;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the steps that share the next forward.
 *
 * <p>Steps come in the order of a {@link FairQueue}, and each goes with the forward if what is left
 * of the {@link Budgets} allows. So steps on stored keys go with nearly every forward, and
 * refreshes, which take the most, are spread over several. The first step goes whatever it takes,
 * and names the model. Every step is chosen within {@link Limits#PASSED_OVER_FORWARDS} + 2n + 1
 * forwards, when n were waiting before it.
 *
 * <p>Used by one thread at a time.
 *
 * @param <T> a step that waits, told apart by {@code equals}
 */
public final class Scheduler<T> {
  private final Budgets budgets;
  private final FairQueue<T> queue = new FairQueue<>(Limits.PASSED_OVER_FORWARDS);
  private final Map<T, Claim> claims = new HashMap<>();

  /** Nothing waits. */
  public Scheduler(Budgets budgets) {
    this.budgets = budgets;
  }

  /**
   * A step waits from now on.
   *
   * @throws IllegalStateException if it waits already
   */
  public void add(T step, Claim claim) {
    queue.add(step, claim.ticket());
    claims.put(step, claim);
  }

  /** A step waits no more; tells whether it did. */
  public boolean withdraw(T step) {
    claims.remove(step);
    return queue.remove(step);
  }

  /** The steps of the next forward, which wait no more; none if none waits. */
  public List<T> choose() {
    var forward = new Forward(budgets);
    var chosen = queue.take(step -> forward.take(claims.get(step)));
    chosen.forEach(claims::remove);
    return chosen;
  }

  /** Steps that wait. */
  public int waiting() {
    return queue.size();
  }
}
