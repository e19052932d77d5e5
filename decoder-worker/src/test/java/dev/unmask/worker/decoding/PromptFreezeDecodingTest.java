package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.decoding.Matrix.Family;
import dev.unmask.worker.engine.TorchEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a frozen prompt changes in a decoding with the engine, and what it does not. */
class PromptFreezeDecodingTest {
  private static final long SEED = 20261122;
  private static final int BLOCKS = 4;
  private static final int BLOCK = 8;
  private static final int[] PROMPT = new Random(SEED).ints(37, 0, 500).toArray();
  private static final List<String> CACHES =
      List.of("prefix_cache { ", "dual_cache { ", "sparse_dllm { delay: 0 keep_ratio: 0.6 ");
  private static final Map<Family, TorchEngine> ENGINES = new TreeMap<>();

  @BeforeAll
  static void load() {
    families().forEach(family -> ENGINES.put(family, Matrix.load(family)));
  }

  @AfterAll
  static void close() {
    ENGINES.values().forEach(TorchEngine::close);
    ENGINES.clear();
  }

  /** Where a prompt can change, and so be frozen. */
  static Stream<Family> families() {
    return Stream.of(Family.values()).filter(family -> !family.blockCausal());
  }

  static Stream<Arguments> policies() {
    return families()
        .flatMap(family ->
            Stream.of("fixed_schedule { tokens_per_step: 2 }", "threshold { threshold: 0.5 }")
                .flatMap(
                    unmask -> CACHES.stream().map(cache -> Arguments.of(family, unmask, cache))));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void advance_intervalOfOne_isTheSameStepByStep(Family family, String unmask, String cache) {
    var published = outcomes(family, unmask, cache + "}");
    var frozen = outcomes(family, unmask, cache + "prompt_interval_steps: 1 }");
    assertThat(frozen).isEqualTo(published);
    assertThat(frozen).filteredOn(StepOutcome::refresh).hasSize(BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void advance_longInterval_isTheSameUntilTheSecondBlock(
      Family family, String unmask, String cache) {
    var published = outcomes(family, unmask, cache + "}");
    var frozen = outcomes(family, unmask, cache + "prompt_interval_steps: 4096 }");
    assertThat(first(frozen)).isEqualTo(first(published));
    assertThat(frozen).filteredOn(StepOutcome::refresh).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("families")
  void advance_longInterval_blockStartsComputeTheResponseOnly(Family family) {
    var frozen =
        outcomes(
            family,
            "fixed_schedule { tokens_per_step: 4 }",
            "dual_cache { prompt_interval_steps: 5 }");
    int speaker = family == Family.DREAM ? 1 : 0;
    int all = PROMPT.length + BLOCKS * BLOCK;
    int response = BLOCKS * BLOCK + speaker;
    int block = BLOCK + speaker;
    // Blocks of two steps start at 0, 2, 4 and 6; the prompt is five steps old at 6 only.
    assertThat(frozen)
        .extracting(StepOutcome::rowsComputed)
        .containsExactly(all, block, response, block, response, block, all, block);
  }

  @ParameterizedTest
  @MethodSource("families")
  void advance_sparseLongInterval_blocksComputeTheResponseUntilTheyHaveRetained(Family family) {
    var frozen =
        outcomes(
            family,
            "fixed_schedule { tokens_per_step: 3 }",
            "sparse_dllm { prompt_interval_steps: 6 }");
    int speaker = family == Family.DREAM ? 1 : 0;
    int all = PROMPT.length + BLOCKS * BLOCK;
    int response = BLOCKS * BLOCK + speaker;
    int block = BLOCK + speaker;
    // Blocks of three steps; the prompt was last computed by step 1, and is seven steps old at 9.
    assertThat(frozen)
        .extracting(StepOutcome::rowsComputed)
        .containsExactly(
            all, all, block, response, response, block, response, response, block, all, all, block);
  }

  private static List<StepOutcome> first(List<StepOutcome> outcomes) {
    return outcomes.stream().filter(outcome -> outcome.block() == 0).toList();
  }

  private static List<StepOutcome> outcomes(Family family, String unmask, String cache) {
    var spec =
        Matrix.spec(
            unmask,
            cache,
            "generation_length: " + BLOCKS * BLOCK + " block_length: " + BLOCK,
            "end_of_sequence_rule: END_OF_SEQUENCE_RULE_DECODE_ALL");
    var method = DecodingSpecs.method(spec);
    var engine = ENGINES.get(family);
    var decoding = new Decoding(engine.traits(), method, PROMPT);
    var outcomes = new ArrayList<StepOutcome>();
    try (var state = engine.open(PROMPT.length, method)) {
      while (!decoding.done()) {
        outcomes.add(decoding.advance(state));
      }
    }
    return outcomes;
  }
}
