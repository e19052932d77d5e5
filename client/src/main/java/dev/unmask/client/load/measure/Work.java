package dev.unmask.client.load.measure;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.unmask.type.v1.Usage;

/**
 * What answers took, as the server says.
 *
 * @param answers how many
 * @param tokens of the answers
 * @param steps model forwards
 * @param committed positions
 * @param rowsComputed rows of all steps
 * @param rowsUncached rows of the same steps without any cache
 * @param pagesHit pages that came from the cache-service
 * @param pagesMissed pages asked for in vain
 * @param peakMemory largest resident memory of a worker's process, in bytes; 0 when unknown
 */
public record Work(
    long answers,
    long tokens,
    long steps,
    long committed,
    long rowsComputed,
    long rowsUncached,
    long pagesHit,
    long pagesMissed,
    long peakMemory) {
  static final Work NONE = new Work(0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** This and an answer more. */
  Work and(Usage usage) {
    return new Work(
        answers + 1,
        tokens + usage.getCompletionTokens(),
        steps + usage.getSteps(),
        committed + Math.round(usage.getTokensPerStep() * usage.getSteps()),
        rowsComputed + usage.getRowsComputed(),
        rowsUncached + usage.getRowsUncached(),
        pagesHit + usage.getPagesHit(),
        pagesMissed + usage.getPagesMissed(),
        Math.max(peakMemory, usage.getWorkerPeakMemoryBytes()));
  }

  /** Positions committed a step; 0 without a step. */
  @JsonProperty
  public double tokensPerStep() {
    return steps == 0 ? 0 : (double) committed / steps;
  }

  /** Rows computed over those without a cache; 0 without a row. */
  @JsonProperty
  public double rowsShare() {
    return rowsUncached == 0 ? 0 : (double) rowsComputed / rowsUncached;
  }
}
