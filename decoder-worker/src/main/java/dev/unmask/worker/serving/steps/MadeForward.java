package dev.unmask.worker.serving.steps;

import dev.unmask.worker.engine.Cost;
import java.time.Duration;
import java.util.List;

/**
 * A forward that ended just now.
 *
 * @param model name of its model
 * @param took from its beginning to its end
 * @param costs of its steps
 * @param requests what stands for the requests whose steps they are, in their order
 */
public record MadeForward(String model, Duration took, List<Cost> costs, List<Mark> requests) {
  public MadeForward {
    costs = List.copyOf(costs);
    requests = List.copyOf(requests);
  }

  /** Rows that all its steps computed. */
  public int rows() {
    return costs.stream().mapToInt(Cost::rows).sum();
  }
}
