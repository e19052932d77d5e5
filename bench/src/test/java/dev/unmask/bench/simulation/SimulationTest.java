package dev.unmask.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.bench.simulation.time.Chronicle;
import dev.unmask.worker.text.TextTokenizer;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bad days of a whole fleet, ten thousand of them. */
final class SimulationTest {
  private static final long FIRST = 0;
  private static final long COUNT = Long.getLong("unmask.simulation.seeds", 10_000);

  private static TextTokenizer tokenizer;

  @BeforeAll
  static void openTokenizer() throws Exception {
    tokenizer = TextTokenizer.open(Path.of("../models/unmask-mini-llada"));
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizer.close();
  }

  @Test
  void run_manySeeds_breakNoInvariant() throws Exception {
    var verdicts = Seeds.run(LongStream.range(FIRST, FIRST + COUNT), Sabotage.NONE, tokenizer);

    assertThat(verdicts.stream().filter(verdict -> !verdict.broken().isEmpty()))
        .as("bench/run simulation.Seeds SEED tells all that happens in one of these")
        .isEmpty();
    var sums =
        verdicts.stream().map(Verdict::counts).reduce(Verdict.Counts.NONE, Verdict.Counts::plus);
    // A fleet that refuses everything breaks nothing.
    assertThat(sums.answers()).isGreaterThan(sums.requests() / 2);
    assertThat(sums.reopened()).isGreaterThan(COUNT / 2);
    assertThat(sums.pagesHit()).isGreaterThan(COUNT / 4);
  }

  @Test
  void run_sameSeed_sameChronicle() throws Exception {
    var first = Seeds.run(LongStream.range(0, 50), Sabotage.NONE, tokenizer);
    var again = Seeds.run(LongStream.range(0, 50), Sabotage.NONE, tokenizer);

    assertThat(again).isEqualTo(first);
    assertThat(first.stream().map(Verdict::digest)).doesNotHaveDuplicates();
  }

  @Test
  void run_toldChronicle_sameDigest() {
    var lines = new StringBuilder();
    var told = Simulation.run(7, Chronicle.told(lines::append), Sabotage.NONE, tokenizer);
    var silent = Simulation.run(7, Chronicle.silent(), Sabotage.NONE, tokenizer);

    assertThat(told.digest()).isEqualTo(silent.digest());
    assertThat(lines).contains("GenerationService/Generate");
  }
}
