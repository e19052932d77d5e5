package dev.unmask.client.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Shows one picture after another in the same place of a terminal. For one thread, except that any
 * may {@link #close} it.
 */
public final class Screen implements AutoCloseable {
  private static final String HIDE_CURSOR = "\033[?25l";
  private static final String SHOW_CURSOR = "\033[?25h";
  private static final String BEGIN_FRAME = "\033[?2026h";
  private static final String END_FRAME = "\033[?2026l";
  private static final String CLEAR_LINE = "\033[K";
  private static final String CLEAR_BELOW = "\033[J";

  private final PrintStream out;
  private int height;

  /** Draws where the cursor is. */
  public Screen(PrintStream out) {
    this.out = out;
  }

  /** Replaces the picture. Sent at once, as one synchronized frame, so that nothing flickers. */
  public void show(List<String> lines) {
    var frame = new StringBuilder(BEGIN_FRAME).append(HIDE_CURSOR);
    if (height > 0) {
      frame.append("\033[").append(height).append('A');
    }
    frame.append('\r');
    lines.forEach(line -> frame.append(line).append(CLEAR_LINE).append('\n'));
    out.print(frame.append(CLEAR_BELOW).append(END_FRAME));
    out.flush();
    height = lines.size();
  }

  /** Leaves the picture and gives the cursor back. */
  @Override
  public void close() {
    out.print(SHOW_CURSOR);
    out.flush();
    height = 0;
  }
}
