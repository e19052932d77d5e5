package dev.unmask.client.evaluation.task.shots;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws examples without putting them back: the k-th draw after a seed is that of
 * lm-evaluation-harness for the k-th question. Not safe for several threads.
 */
public final class Draws {
  private final List<Shot> pool;
  private final PythonRandom random;

  /**
   * @param pool in the file's order
   * @param seed the harness's {@code fewshot_random_seed}: 1234 there, 42 in d2Cache
   */
  public Draws(List<Shot> pool, long seed) {
    this.pool = List.copyOf(pool);
    this.random = new PythonRandom(seed);
  }

  /** As many examples as asked for, which the pool must have. */
  public List<Shot> draw(int count) {
    var drawn = new ArrayList<Shot>();
    for (int index : random.sample(pool.size(), count)) {
      drawn.add(pool.get(index));
    }
    return drawn;
  }
}
