package dev.unmask.bench.blocks.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.type.v1.Usage;

/**
 * One request and what it took; times in milliseconds.
 *
 * @param way that the worker had
 * @param length of the prompt in tokens
 * @param number of the prompt
 * @param firstBlock from the worker's receipt to the end of the first block
 * @param total to the end
 * @param steps of the whole request
 * @param rows computed
 * @param hit pages that were fetched
 * @param missed pages that were computed instead
 * @param reused positions copied within the device
 * @param fetch estimate of fetching; negative if there was none
 * @param compute estimate of computing; negative if there was none
 * @param fetched whether it was chosen to fetch
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
record Sample(
    Way way,
    int length,
    int number,
    double firstBlock,
    double total,
    int steps,
    long rows,
    int hit,
    int missed,
    int reused,
    double fetch,
    double compute,
    boolean fetched) {
  private static final double NONE = -1;

  static Sample of(Way way, Asked asked, Usage usage) {
    var decision = usage.getSharingDecision();
    return new Sample(
        way,
        asked.length(),
        asked.number(),
        millis(usage.getTimeToFirstBlock()),
        millis(usage.getDuration()),
        usage.getSteps(),
        usage.getRowsComputed(),
        usage.getPagesHit(),
        usage.getPagesMissed(),
        usage.getPositionsReusedDevice(),
        decision.hasFetchEstimate() ? millis(decision.getFetchEstimate()) : NONE,
        decision.hasComputeEstimate() ? millis(decision.getComputeEstimate()) : NONE,
        decision.getFetched());
  }

  private static double millis(Duration duration) {
    return Durations.toNanos(duration) / 1e6;
  }

  /** Whether all that could be shared came from somewhere. */
  boolean whole() {
    return (hit > 0 || reused > 0) && missed == 0;
  }

  /** A step behind the first block. */
  double step() {
    return (total - firstBlock) / (steps - 1);
  }
}
