package dev.unmask.client.terminal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Screen screen = new Screen(new PrintStream(bytes, true, UTF_8));

  @Test
  void show_secondPicture_goesBackOverTheFirst() {
    screen.show(List.of("one", "two"));
    bytes.reset();
    screen.show(List.of("three"));
    assertThat(bytes.toString(UTF_8))
        .isEqualTo("\033[?2026h\033[?25l\033[2A\rthree\033[K\n\033[J\033[?2026l");
  }

  @Test
  void close_afterPicture_leavesItAndShowsTheCursor() {
    screen.show(List.of("one"));
    screen.close();
    bytes.reset();
    screen.show(List.of("two"));
    assertThat(bytes.toString(UTF_8)).doesNotContain("\033[1A");
    screen.close();
    assertThat(bytes.toString(UTF_8)).endsWith("\033[?25h");
  }
}
