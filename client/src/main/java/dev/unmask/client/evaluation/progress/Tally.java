package dev.unmask.client.evaluation.progress;

import dev.unmask.client.evaluation.result.Result;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What is done of an evaluation, and how long the rest will take. For one thread. */
final class Tally {
  private static final int BAR = 24;

  private final int questions;
  private final long start;
  private String contest = "";
  private int earlier;
  private int refused;
  private int done;
  private int correct;
  private int failed;

  /**
   * Nothing is done.
   *
   * @param questions over all methods
   * @param start nanoseconds
   */
  Tally(int questions, long start) {
    this.questions = questions;
    this.start = start;
  }

  void begins(String name) {
    contest = name;
  }

  void skipped(int count) {
    earlier += count;
  }

  void refused(int count) {
    refused += count;
  }

  void done(Result result) {
    done++;
    switch (result) {
      case Result.Failed _ -> failed++;
      case Result.Answered answered -> correct += answered.verdict().correct() ? 1 : 0;
    }
  }

  /** Whether nothing is left. */
  boolean isOver() {
    return left() <= 0;
  }

  /** A bar of what is done. */
  String bar() {
    int filled = questions == 0 ? BAR : (int) ((long) (questions - left()) * BAR / questions);
    return "━".repeat(filled) + "─".repeat(BAR - filled);
  }

  /**
   * It in words.
   *
   * @param now nanoseconds
   */
  String words(long now) {
    var text = new StringBuilder();
    text.append(contest).append(" · ").append(questions - left()).append('/').append(questions);
    if (done > 0) {
      text.append(String.format(Locale.ROOT, " · %.1f %% right", 100.0 * correct / done));
    }
    if (failed > 0) {
      text.append(" · ").append(failed).append(" failed");
    }
    rest(now).ifPresent(rest -> text.append(" · ").append(clock(rest)).append(" left"));
    return text.toString();
  }

  /** As long for each as for those of this session. */
  private Optional<Duration> rest(long now) {
    return done == 0 || isOver()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos((now - start) / done * left()));
  }

  private int left() {
    return questions - earlier - refused - done;
  }

  private static String clock(Duration duration) {
    return duration.toHours() > 0
        ? String.format(Locale.ROOT, "%d:%02d h", duration.toHours(), duration.toMinutesPart())
        : String.format(Locale.ROOT, "%d:%02d min", duration.toMinutes(), duration.toSecondsPart());
  }
}
