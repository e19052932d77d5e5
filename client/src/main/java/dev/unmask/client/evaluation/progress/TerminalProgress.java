package dev.unmask.client.evaluation.progress;

import dev.unmask.client.evaluation.result.Result;
import dev.unmask.client.evaluation.run.Progress;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Screen;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One line at the foot of a terminal that is drawn again as questions are done. */
public final class TerminalProgress implements Progress {
  private static final Duration APART = Duration.ofMillis(100);

  private final Screen screen;
  private final Paper paper;
  private final Ticker ticker;
  private final Tally tally;
  private final List<String> notes = new ArrayList<>();
  private long next;

  /** Draws on {@code out}, which is a terminal. */
  public TerminalProgress(PrintStream out, Paper paper, int questions, Ticker ticker) {
    this.screen = new Screen(out);
    this.paper = paper;
    this.ticker = ticker;
    this.next = ticker.nanoTime();
    this.tally = new Tally(questions, next);
  }

  @Override
  public synchronized void begins(String contest) {
    tally.begins(contest);
    draw();
  }

  @Override
  public synchronized void refused(String method, String reason, int questions) {
    tally.refused(questions);
    notes.add(method + " is refused: " + reason);
    draw();
  }

  @Override
  public synchronized void skipped(int questions) {
    tally.skipped(questions);
    draw();
  }

  @Override
  public synchronized void done(Result result) {
    tally.done(result);
    if (tally.isOver() || ticker.nanoTime() >= next) {
      draw();
    }
  }

  /** Leaves the last line and gives the cursor back. */
  @Override
  public synchronized void ends() {
    screen.close();
  }

  private void draw() {
    var lines = new ArrayList<String>();
    notes.forEach(note -> lines.add(fitting(note)));
    lines.add(fitting(tally.bar() + "  " + tally.words(ticker.nanoTime())));
    screen.show(lines);
    next = ticker.nanoTime() + APART.toNanos();
  }

  /** A line that wraps would be drawn below itself the next time. */
  private String fitting(String line) {
    int room = paper.columns() - 1;
    return line.codePointCount(0, line.length()) <= room
        ? line
        : line.substring(0, line.offsetByCodePoints(0, room - 1)) + "…";
  }
}
