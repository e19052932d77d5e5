package dev.unmask.bench.sharing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The promise of sharing, on a few questions of every task; the benchmark asks two hundred. */
class HitEqualsMissTest {
  @Test
  void run_familiesAndCachesWithGoodAbsentAndCorruptingStore_sameTokens() throws Exception {
    var table = new ByteArrayOutputStream();
    int differences =
        HitEqualsMiss.run(Path.of("../models"), 4, new PrintStream(table, true, UTF_8));
    assertThat(differences).as(table.toString(UTF_8)).isZero();
    assertThat(table.toString(UTF_8).lines()).hasSize(2 + 6);
  }
}
