package dev.unmask.client.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * What a command reads and prints.
 *
 * @param in standard input
 * @param out answers
 * @param err everything about the way to them
 * @param paper present when {@code out} is a terminal
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, Optional<Paper> paper) {
  /** Set by the launcher to what {@code stty size} says when standard output is a terminal. */
  private static final String TERMINAL = "UNMASK_TERMINAL";

  /** Those of this process. */
  public static Streams ofProcess(Map<String, String> environment) {
    var dumb = "dumb".equals(environment.get("TERM"));
    var paper =
        Optional.ofNullable(environment.get(TERMINAL))
            .filter(_ -> !dumb)
            .map(size -> Paper.of(size, environment));
    return new Streams(System.in, utf8(System.out), utf8(System.err), paper);
  }

  /** Model text is UTF-8 whatever the locale says. */
  private static PrintStream utf8(PrintStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
