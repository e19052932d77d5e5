package dev.unmask.client.load.measure;

import dev.unmask.client.Events;
import io.grpc.Status;
import java.util.Optional;
import java.util.OptionalLong;

/** Made-up outcomes. Times are given in milliseconds. */
public final class Outcomes {
  private static final long MILLI = 1_000_000;

  private Outcomes() {}

  /** Answered with three tokens; half the time to the first block, a quarter to the first delta. */
  public static Outcome completed(long arrival, long total) {
    return new Outcome.Completed(times(arrival, total, true), Events.usage());
  }

  /** Failed. */
  public static Outcome failed(long arrival, long total, Status.Code code) {
    var times = times(arrival, total, false);
    return new Outcome.Failed(times, code, "because " + arrival, Optional.empty());
  }

  /** Not ended; nothing came before. */
  public static Outcome unfinished(long arrival, long waited) {
    return new Outcome.Unfinished(times(arrival, waited, false));
  }

  /** A level at a rate, of requests that all took as long; the measured time is 10 s. */
  public static Level level(double rate, long millis) {
    var meter = new Meter(new Window(0, 10_000 * MILLI));
    int requests = (int) Math.round(10 * rate);
    // As many before it as are still under way when it begins, so that nothing falls behind.
    for (int i = 1; i * 10_000L / requests <= millis; i++) {
      meter.add(completed(-i * 10_000L / requests, millis));
    }
    for (int i = 0; i < requests; i++) {
      meter.add(completed(i * 10_000L / requests, millis));
    }
    return meter.level(new Load.Rate(rate), 10_000 * MILLI, 10_000 * MILLI, true);
  }

  private static Times times(long arrival, long total, boolean told) {
    return new Times(
        arrival * MILLI,
        MILLI,
        told ? OptionalLong.of(total * MILLI / 4) : OptionalLong.empty(),
        told ? OptionalLong.of(total * MILLI / 2) : OptionalLong.empty(),
        total * MILLI);
  }
}
