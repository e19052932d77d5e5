package dev.unmask.client.evaluation.run;

import java.time.Duration;

/** What an evaluation may at most take of anything. */
public final class Bounds {
  /** Most questions asked at once. */
  public static final int CONCURRENCY = 256;

  /** Most times a question is asked until it counts as failed. */
  static final int ATTEMPTS = 5;

  /** Longest pause before a question is asked again, whatever the server says. */
  static final Duration RETRY_PAUSE = Duration.ofSeconds(30);

  /** Most questions in a row that may fail because nobody serves them; then the run ends. */
  static final int OUTAGE_QUESTIONS = 10;

  /** With several questions at once, questions a method gets in its turn, for each lane. */
  static final int QUESTIONS_PER_LANE = 4;

  /** Longest an evaluation may take to end once it is told to. */
  public static final Duration END_TIME = Duration.ofSeconds(20);

  private Bounds() {}
}
