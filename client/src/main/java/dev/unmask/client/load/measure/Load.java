package dev.unmask.client.load.measure;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.unmask.client.evaluation.report.table.Figures;
import dev.unmask.contract.Limits;

/** How much is asked of a server. */
public sealed interface Load {
  /** The number that says how much, for an axis. */
  @JsonIgnore
  double size();

  /** What {@link #size} counts. */
  @JsonIgnore
  String unit();

  /** For people. */
  default String words() {
    return Figures.plain(size()) + " " + unit();
  }

  /**
   * Open loop: requests come when they come, whether or not the server keeps up.
   *
   * @param rate requests a second, on average
   */
  record Rate(double rate) implements Load {
    public Rate {
      // Turned round so that NaN is refused, too.
      if (!(rate >= Limits.LOAD_RATE_LEAST && rate <= Limits.LOAD_RATE)) {
        throw new IllegalArgumentException(
            "--rate must be %s to %s requests/s, is %s"
                .formatted(Limits.LOAD_RATE_LEAST, Limits.LOAD_RATE, rate));
      }
    }

    @Override
    public double size() {
      return rate;
    }

    @Override
    public String unit() {
      return "requests/s";
    }
  }

  /**
   * Closed loop: streams that each start their next request when one ends. A slow server is asked
   * less, so this measures throughput and hides queueing.
   *
   * @param concurrency streams
   */
  record Concurrency(int concurrency) implements Load {
    public Concurrency {
      if (concurrency < 1 || concurrency > Limits.LOAD_REQUESTS_UNDER_WAY) {
        throw new IllegalArgumentException(
            "--concurrency must be 1 to %d, is %d"
                .formatted(Limits.LOAD_REQUESTS_UNDER_WAY, concurrency));
      }
    }

    @Override
    public double size() {
      return concurrency;
    }

    @Override
    public String unit() {
      return "streams";
    }
  }
}
