package dev.unmask.bench.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every encoding travels between real workers; the benchmark counts right answers. */
class PageEncodingsTest {
  @Test
  void run_oneQuestionOfEveryTask_hitsInEveryEncodingAndAsComputedChangesNothing()
      throws Exception {
    var table = new ByteArrayOutputStream();
    boolean sound =
        PageEncodings.run(
            Path.of("../models"), PageEncodings.Plan.all(1), new PrintStream(table, true, UTF_8));
    assertThat(sound).as(table.toString(UTF_8)).isTrue();
    assertThat(table.toString(UTF_8).lines()).hasSize(2 + 24);
  }
}
