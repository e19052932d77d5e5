package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The playground in a browser, by keyboard alone; where Chromium and Node are. */
class PlaygroundTest {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void run_byKeyboard_denoisesBothCanvases() throws Exception {
    var browser = chromium();
    assumeTrue(browser.isPresent(), "Chromium is not here");
    var project = NodeProject.installed("deploy/src/test/playground", "playground.mjs", folder);
    try (var cluster = project.serve()) {
      var url = "http://" + cluster.httpAddress().orElseThrow() + "/";
      var profile = folder.resolve("profile").toString();
      assertThat(
              project.run("node", "playground.mjs", url, browser.orElseThrow().toString(), profile))
          .contains("the playground works");
    }
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
