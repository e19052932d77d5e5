package dev.unmask.worker.metrics;

import dev.unmask.metrics.Metrics;
import dev.unmask.worker.serving.steps.ForwardListener;
import dev.unmask.worker.serving.steps.MadeForward;
import dev.unmask.worker.serving.steps.Mark;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.LongStream;

/** The meters of how long forwards and steps take. Safe for any thread. */
public final class ForwardMeters implements ForwardListener {
  private static final Duration[] TIMES =
      LongStream.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] STEPS = {1, 2, 4, 8, 16, 32, 64, 128, 256};

  private final Timer forwards;
  private final Timer steps;
  private final DistributionSummary stepsPerForward;

  /** Defines them. */
  public ForwardMeters(Metrics metrics) {
    forwards = metrics.timer("unmask_forward_seconds", "A model forward.", TIMES);
    steps =
        metrics.timer(
            "unmask_step_seconds", "A request's step, from submission to outcome.", TIMES);
    stepsPerForward =
        DistributionSummary.builder("unmask_forward_steps")
            .description("Steps that share a forward.")
            .serviceLevelObjectives(STEPS)
            .register(metrics.registry());
  }

  @Override
  public Mark forward(MadeForward forward) {
    forwards.record(forward.took());
    stepsPerForward.record(forward.costs().size());
    return Mark.NONE;
  }

  @Override
  public void step(Duration took) {
    steps.record(took);
  }
}
