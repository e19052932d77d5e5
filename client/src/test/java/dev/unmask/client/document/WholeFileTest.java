package dev.unmask.client.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir private Path folder;

  @Test
  void write_twice_leavesTheSecondAndNothingBeside() throws IOException {
    var file = folder.resolve("report.json");
    WholeFile.write(file, "one, which is longer");
    WholeFile.write(file, "two");
    assertThat(file).hasContent("two");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void write_noSuchFolder_isToldAndNamesIt() {
    var file = folder.resolve("none").resolve("report.json");
    assertThatIOException()
        .isThrownBy(() -> WholeFile.write(file, "x"))
        .withMessageContaining("none");
  }
}
