package dev.unmask.client.terminal;

import java.util.Map;

/**
 * What a picture is drawn on.
 *
 * @param columns width of the terminal
 * @param rows height of the terminal
 * @param colour whether it shows colours
 */
public record Paper(int columns, int rows, boolean colour) {
  private static final int LEAST_COLUMNS = 20;
  private static final int LEAST_ROWS = 6;

  /** Keeps sizes usable: a terminal that says 0 is asked too early or has no size. */
  public Paper {
    columns = Math.max(LEAST_COLUMNS, columns);
    rows = Math.max(LEAST_ROWS, rows);
  }

  /**
   * The paper of a terminal.
   *
   * @param size rows and columns as {@code stty size} prints them; anything else means 24 by 80
   * @param environment {@code NO_COLOR} (set and not empty) turns colours off
   */
  public static Paper of(String size, Map<String, String> environment) {
    boolean colour = environment.getOrDefault("NO_COLOR", "").isEmpty();
    if (!size.matches("\\d{1,4} \\d{1,4}")) {
      return new Paper(80, 24, colour);
    }
    int space = size.indexOf(' ');
    int rows = Integer.parseInt(size.substring(0, space));
    int columns = Integer.parseInt(size.substring(space + 1));
    return columns == 0 ? new Paper(80, 24, colour) : new Paper(columns, rows, colour);
  }

  /** The text in an ink, where there are colours. */
  String paint(String text, Ink ink) {
    return colour ? ink.paint(text) : text;
  }
}
