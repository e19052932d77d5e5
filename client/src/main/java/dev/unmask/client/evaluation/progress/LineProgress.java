package dev.unmask.client.evaluation.progress;

import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.run.Progress;
import dev.unmask.client.evaluation.run.Ticker;
import java.io.PrintStream;
import java.time.Duration;

/** A line now and then, where there is no terminal. */
public final class LineProgress implements Progress {
  private static final Duration APART = Duration.ofSeconds(10);

  private final PrintStream out;
  private final Ticker ticker;
  private final Tally tally;
  private long next;

  /** Prints to {@code out}. */
  public LineProgress(PrintStream out, int questions, Ticker ticker) {
    this.out = out;
    this.ticker = ticker;
    this.next = ticker.nanoTime() + APART.toNanos();
    this.tally = new Tally(questions, ticker.nanoTime());
  }

  @Override
  public synchronized void begins(String contest) {
    tally.begins(contest);
    print();
  }

  @Override
  public synchronized void refused(String method, String reason, int questions) {
    tally.refused(questions);
    out.println(method + " is refused: " + reason);
  }

  @Override
  public synchronized void skipped(int questions) {
    tally.skipped(questions);
    if (questions > 0) {
      out.println(questions + " answered earlier");
    }
  }

  @Override
  public synchronized void done(Result result) {
    tally.done(result);
    if (result instanceof Result.Failed failed) {
      out.println(failed.id() + " failed: " + failed.reason());
    }
    if (tally.isOver() || ticker.nanoTime() >= next) {
      print();
    }
  }

  /** The last line is already there. */
  @Override
  public void ends() {}

  private void print() {
    out.println(tally.words(ticker.nanoTime()));
    out.flush();
    next = ticker.nanoTime() + APART.toNanos();
  }
}
