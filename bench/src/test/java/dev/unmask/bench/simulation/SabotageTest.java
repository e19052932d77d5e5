package dev.unmask.bench.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.text.TextTokenizer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is broken on purpose, the simulation finds. */
final class SabotageTest {
  private static final long SEEDS = 100;

  private static TextTokenizer tokenizer;

  @BeforeAll
  static void openTokenizer() throws Exception {
    tokenizer = TextTokenizer.open(Path.of("../models/unmask-mini-llada"));
  }

  @AfterAll
  static void closeTokenizer() {
    tokenizer.close();
  }

  static Stream<Arguments> breakages() {
    return Stream.of(
        Arguments.of("told tokens forgotten", Sabotage.ofCalls(new BrokenCalls.Forgetful()), ""),
        Arguments.of("an event twice", Sabotage.ofCalls(new BrokenCalls.Repeating()), "I6"),
        Arguments.of("a step lost", Sabotage.ofCalls(new BrokenCalls.Losing()), "I6"),
        Arguments.of("another's page", Sabotage.ofStore(CrossingStore::new), "I8"),
        Arguments.of("damage with a checksum", Sabotage.ofStore(DamagingStore::new), "I7"),
        Arguments.of("memory kept", Sabotage.ofEngine(LeakingEngine::new), "I5"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breakages")
  void run_sabotaged_found(String what, Sabotage sabotage, String invariant) throws Exception {
    var verdicts = Seeds.run(LongStream.range(0, SEEDS), sabotage, tokenizer);

    List<String> broken = verdicts.stream().flatMap(v -> v.broken().stream()).toList();
    assertThat(broken).as(what).anyMatch(found -> found.contains(invariant));
  }

  /** Not a breakage: gateways end what has told its end. */
  @Test
  void run_workersThatNeverEndTheirCalls_harmNobody() throws Exception {
    var sabotage = Sabotage.ofCalls(new BrokenCalls.Endless());

    assertThat(Seeds.run(LongStream.range(0, SEEDS), sabotage, tokenizer))
        .allSatisfy(verdict -> assertThat(verdict.broken()).isEmpty());
  }
}
