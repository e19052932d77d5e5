package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of the policies that plan their steps. */
final class ScheduleOptions {
  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description = "where --time-steps and --origin-steps end (default: 0.001)")
  private Optional<Double> epsilon = Optional.empty();

  @Option(
      names = "--alg-temp",
      paramLabel = "T",
      description = "draw the positions of a schedule with this temperature")
  private Optional<Double> algTemp = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    boolean timed = spec.getFixedSchedule().hasTime();
    placement.set(
        epsilon,
        timed || spec.hasOrigin(),
        "--epsilon belongs to --time-steps and --origin-steps",
        end -> end(end, spec));
    placement.set(
        algTemp,
        spec.hasFixedSchedule(),
        "--alg-temp belongs to --steps, --tokens-per-step and --time-steps",
        temperature -> spec.getFixedScheduleBuilder().setAlgTemp(temperature));
  }

  private static void end(double time, DecodingSpec.Builder spec) {
    if (spec.hasOrigin()) {
      spec.getOriginBuilder().setEpsilon(time);
    } else {
      spec.getFixedScheduleBuilder().getTimeBuilder().setEpsilon(time);
    }
  }
}
