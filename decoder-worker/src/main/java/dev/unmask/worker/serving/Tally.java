package dev.unmask.worker.serving;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.serving.exchange.Looked;
import java.time.Duration;
import java.util.Optional;

/** What one request took so far. Used by one thread. */
public final class Tally {
  private final int promptTokens;
  private final int canvasLength;
  private int completionTokens;
  private int stepsBefore;
  private int steps;
  private int commits;
  private int hurried;
  private long rowsComputed;
  private int pagesHit;
  private int pagesMissed;
  private int positionsReused;
  private SharingMode sharing = SharingMode.SHARING_MODE_NONE;
  private PageEncoding encoding = PageEncoding.PAGE_ENCODING_UNSPECIFIED;
  private Optional<Weighing> weighing = Optional.empty();
  private Duration firstBlock = Duration.ZERO;
  private Duration total = Duration.ZERO;

  /**
   * Fetching a state against computing it.
   *
   * @param fetch estimate of fetching; empty if there was nothing to fetch, or none was measured
   * @param compute estimate of computing; empty if none was measured
   * @param fetched what was chosen
   */
  public record Weighing(Optional<Duration> fetch, Optional<Duration> compute, boolean fetched) {}

  /**
   * Nothing yet.
   *
   * @param promptTokens of the canvas
   * @param canvasLength positions of the canvas
   */
  Tally(int promptTokens, int canvasLength) {
    this.promptTokens = promptTokens;
    this.canvasLength = canvasLength;
  }

  /** What lost workers did for the request. */
  void resumed(int madeSteps, int committed) {
    stepsBefore = madeSteps;
    commits += committed;
  }

  void looked(Looked looked) {
    var decision = looked.decision();
    weighing = Optional.of(new Weighing(decision.fetch(), decision.compute(), decision.fetched()));
    pagesHit += looked.hit();
    pagesMissed += looked.missed();
    if (looked.hit() > 0) {
      sharing = looked.mode();
      encoding = looked.encoding();
    }
  }

  /** Positions came from an earlier request's, within the device. */
  void copied(int positions) {
    positionsReused += positions;
    if (positions > 0) {
      sharing = SharingMode.SHARING_MODE_BLOCK_CAUSAL;
    }
  }

  void stepped(StepOutcome outcome, Duration sinceReceipt) {
    steps++;
    commits += outcome.commits().size();
    hurried += outcome.hurried();
    rowsComputed += outcome.rowsComputed();
    if (outcome.blockFinished() && firstBlock.isZero()) {
      firstBlock = sinceReceipt;
    }
  }

  void closed(int tokens, Duration sinceReceipt) {
    completionTokens = tokens;
    total = sinceReceipt;
  }

  /** Tokens of the prompt. */
  public int promptTokens() {
    return promptTokens;
  }

  /** Tokens of the answer, before its end. */
  public int completionTokens() {
    return completionTokens;
  }

  /** Model forwards, lost workers' included; one replaced by a stored forward counts. */
  public int steps() {
    return stepsBefore + steps;
  }

  /** Positions committed a step, lost workers' included. */
  public double tokensPerStep() {
    return steps() == 0 ? 0 : (double) commits / steps();
  }

  /** Tokens that the method did not choose yet when they were committed. */
  public int hurried() {
    return hurried;
  }

  /** Rows the device computed. */
  public long rowsComputed() {
    return rowsComputed;
  }

  /** Rows the same steps compute without any cache. */
  public long rowsUncached() {
    return (long) steps * canvasLength;
  }

  /** Pages that came from the cache-service and were used. */
  public int pagesHit() {
    return pagesHit;
  }

  /** Pages asked for and computed instead. */
  public int pagesMissed() {
    return pagesMissed;
  }

  /** Positions that were copied from an earlier request's within the device. */
  public int positionsReusedDevice() {
    return positionsReused;
  }

  /** How the state was shared. */
  public SharingMode sharing() {
    return sharing;
  }

  /** How the pages that were used were written. */
  public PageEncoding encoding() {
    return encoding;
  }

  /** Fetching what was last looked up against computing it; empty if nothing was looked up. */
  public Optional<Weighing> weighing() {
    return weighing;
  }

  /** From receipt to the end of the first block; zero before that. */
  public Duration firstBlock() {
    return firstBlock;
  }

  /** From receipt to the end. */
  public Duration total() {
    return total;
  }
}
