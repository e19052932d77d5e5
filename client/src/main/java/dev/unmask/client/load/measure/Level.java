package dev.unmask.client.load.measure;

import java.util.List;

/**
 * A load and how the server bore it.
 *
 * @param load how much was asked
 * @param whole whether it was measured to the end
 * @param seconds that were measured
 * @param counts requests that arrived in that time
 * @param speed what was done in a second of it
 * @param work what the answers given in that time took
 * @param latencies of the requests that arrived in that time
 * @param lag how late the generator itself sent them
 * @param failures by gRPC status
 */
public record Level(
    Load load,
    boolean whole,
    double seconds,
    Counts counts,
    Speed speed,
    Work work,
    Latencies latencies,
    Distribution lag,
    List<Failure> failures) {
  public Level {
    failures = List.copyOf(failures);
  }
}
