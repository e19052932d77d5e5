package dev.unmask.contract.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LimitsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "limits.md");

  @Test
  void page_isWhatTheCodeSays() throws IOException {
    var page = LimitsPage.text();
    if (System.getProperty("unmask.write") != null) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as(
            "-Dunmask.write writes it: ./unmask test -pl proto -Dtest=%s",
            getClass().getSimpleName())
        .isEqualTo(page);
  }
}
