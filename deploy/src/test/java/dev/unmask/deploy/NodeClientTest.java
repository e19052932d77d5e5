package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** OpenAI's own client against the real thing; where Node and its packages can be had. */
class NodeClientTest {
  @TempDir private Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void openai_chatStreamStopAndErrors_work() throws Exception {
    var project = NodeProject.installed("deploy/examples/node", "openai.mjs", folder);
    try (var cluster = project.serve()) {
      var url = "http://" + cluster.httpAddress().orElseThrow();
      assertThat(project.run("node", "openai.mjs", "--url", url)).contains("all of it works");
    }
  }
}
