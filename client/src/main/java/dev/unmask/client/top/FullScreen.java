package dev.unmask.client.top;

import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Screen;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A terminal that is ours until it is closed: another screen than the one its user left, and keys
 * that come as they are pressed. Any thread may close it, once or more often.
 */
public final class FullScreen implements AutoCloseable {
  private static final File TERMINAL = new File("/dev/tty");
  private static final String ENTER = "\033[?1049h\033[H";
  private static final String LEAVE = "\033[?1049l";

  private final PrintStream out;
  private final Screen screen;
  private final Optional<String> settings;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FullScreen(PrintStream out, Optional<String> settings) {
    this.out = out;
    this.screen = new Screen(out);
    this.settings = settings;
  }

  /** Takes the terminal that {@code out} is. */
  public static FullScreen of(PrintStream out) {
    var settings = stty("-g");
    if (settings.isPresent()) {
      var _ = stty("-icanon", "-echo");
    }
    out.print(ENTER);
    return new FullScreen(out, settings);
  }

  /**
   * Its size now: windows are resized.
   *
   * @param known when it does not say
   */
  public Paper paper(Paper known) {
    return stty("size").map(size -> Paper.of(size, System.getenv())).orElse(known);
  }

  /** Replaces what is shown; lines beyond the paper are left out. */
  public void show(List<String> lines, Paper paper) {
    // The cursor stands below the last line.
    int room = paper.rows() - 1;
    var fitting = new ArrayList<>(lines.subList(0, Math.min(lines.size(), room)));
    if (fitting.size() < lines.size()) {
      fitting.set(room - 1, "… " + (lines.size() - room + 1) + " lines more");
    }
    screen.show(fitting);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      screen.close();
      out.print(LEAVE);
      out.flush();
      settings.ifPresent(FullScreen::stty);
    }
  }

  /** What the terminal's own command says; empty where there is no terminal, or no such command. */
  private static Optional<String> stty(String... arguments) {
    try {
      var command = new ArrayList<>(List.of("stty"));
      command.addAll(List.of(arguments));
      var process =
          new ProcessBuilder(command)
              .redirectInput(TERMINAL)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? Optional.of(said.strip()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
