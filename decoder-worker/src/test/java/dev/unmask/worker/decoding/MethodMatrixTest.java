package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.decoding.Matrix.Family;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.scoring.Confidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every family with every unmask policy, cache policy, compatibility, end-of-sequence rule and
 * guidance, as a request names them: refused for a reason, or decoded within the invariants.
 */
class MethodMatrixTest {
  private static final long SEED = 20261122;
  private static final int GENERATION = 8;
  private static final int[] PROMPT = new Random(SEED).ints(7, 0, 500).toArray();

  private static final Map<Family, TorchEngine> ENGINES = new TreeMap<>();

  /** What each model says in the middle of an answer, so that the rules of the end matter. */
  private static final Map<Family, Integer> ENDS = new TreeMap<>();

  @BeforeAll
  static void load() {
    for (var family : Family.values()) {
      ENGINES.put(family, Matrix.load(family));
      ENDS.put(family, middle(ENGINES.get(family)));
    }
  }

  private static int middle(TorchEngine engine) {
    var method = Methods.plain().method(GENERATION, GENERATION / 2);
    var decoding = new Decoding(engine.traits(), method, PROMPT);
    try (var state = engine.open(PROMPT.length, method)) {
      while (!decoding.done()) {
        decoding.advance(state);
      }
    }
    return decoding.canvas()[PROMPT.length + GENERATION / 2 - 1];
  }

  @AfterAll
  static void close() {
    ENGINES.values().forEach(TorchEngine::close);
    ENGINES.clear();
  }

  /** One row of the matrix. */
  record Row(Family family, String unmask) {}

  static Stream<Row> rows() {
    return Stream.of(Family.values())
        .flatMap(family -> Matrix.unmasks(family).stream().map(unmask -> new Row(family, unmask)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void advance_anyMethod_isRefusedForAReasonOrKeepsTheInvariants(Row row) {
    int decoded = 0;
    for (var spec : specs(row.unmask())) {
      decoded += decodedOrRefused(row.family(), spec) ? 1 : 0;
    }
    boolean dreams = row.unmask().startsWith("threshold") && row.unmask().contains("steps");
    boolean shadows = row.unmask().startsWith("wino");
    assertThat(decoded > 0)
        .as("%s is a method of the family", row)
        .isEqualTo(
            row.family().blockCausal()
                ? !dreams && !shadows
                : row.family() == Family.DREAM || !dreams);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void advance_anyConfidenceAndSampling_isRefusedForAReasonOrKeepsTheInvariants(Row row) {
    for (var confidence : Confidence.values()) {
      for (String sampling : List.of("", "temperature: 0.8 top_p: 0.9 top_k: 40 seed: 5")) {
        for (String prior : List.of("", "certainty_prior_sigma: 2")) {
          decodedOrRefused(
              row.family(),
              Matrix.spec(
                  row.unmask(),
                  row.unmask().startsWith("wino") ? "no_cache { }" : usual(row.family()),
                  "confidence: CONFIDENCE_" + confidence,
                  "sampling { " + sampling + " }",
                  prior,
                  "logits_eos_inf: true confidence_eos_eot_inf: true",
                  "generation_length: " + GENERATION + " block_length: " + GENERATION / 2));
        }
      }
    }
  }

  private static String usual(Family family) {
    return family.blockCausal() ? "block_cache { }" : "dual_cache { }";
  }

  @ParameterizedTest
  @MethodSource("rows")
  void violations_ourOwnBehaviour_refusesNoPolicyWithAnyCache(Row row) {
    boolean special = row.unmask().startsWith("wino") || row.unmask().contains("0.5 steps");
    for (String cache : Matrix.CACHES.stream().filter(c -> fits(row.family(), c)).toList()) {
      var lengths = "generation_length: 8 block_length: 4";
      var refused =
          !Matrix.violations(row.family(), PROMPT, Matrix.spec(row.unmask(), cache, lengths))
              .isEmpty();
      assertThat(refused)
          .as("%s with %s", row, cache)
          .isEqualTo(
              special
                  && !(row.unmask().startsWith("wino")
                      && cache.startsWith("no_cache")
                      && !row.family().blockCausal()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void violations_cacheOfTheOtherKindOfAttention_areNamed(Family family) {
    for (String cache : Matrix.CACHES.stream().filter(c -> !fits(family, c)).toList()) {
      assertThat(Matrix.violations(family, PROMPT, Matrix.spec(cache)))
          .as(cache)
          .anyMatch(v -> v.field().equals("spec." + cache.substring(0, cache.indexOf(' '))));
    }
  }

  /** Approximations are for models that see the whole canvas, final states for the others. */
  private static boolean fits(Family family, String cache) {
    return cache.startsWith("no_cache") || cache.startsWith("block_cache") == family.blockCausal();
  }

  @ParameterizedTest
  @EnumSource
  void advance_anyCache_computesFewerRowsThanNone(Family family) {
    int none = rows(family, "no_cache { }");
    if (family.blockCausal()) {
      assertThat(rows(family, "block_cache { }")).isLessThan(none);
      return;
    }
    int prefix = rows(family, "prefix_cache { }");
    int dual = rows(family, "dual_cache { }");
    assertThat(List.of(dual, prefix, none)).isSorted();
    assertThat(dual).isLessThan(none);
    assertThat(rows(family, "prefix_cache { prompt_interval_steps: 100 }")).isLessThan(prefix);
    assertThat(rows(family, "dual_cache { prompt_interval_steps: 100 }")).isLessThan(dual);
    assertThat(rows(family, "dllm_cache { kp: 4 kr: 3 rou: 0.3 }")).isLessThan(none);
    assertThat(rows(family, "d2_cache { current_k: 2 }")).isLessThan(none);
    int sparse = rows(family, "sparse_dllm { }");
    assertThat(sparse).isLessThan(none);
    assertThat(rows(family, "sparse_dllm { prompt_interval_steps: 100 }")).isLessThan(sparse);
  }

  private static int rows(Family family, String cache) {
    int length = family.blockCausal() ? 64 : 16;
    var spec =
        Matrix.spec(
            "fixed_schedule { }", cache, "generation_length: " + length + " block_length: 4");
    var method = DecodingSpecs.method(spec, family.model);
    var engine = ENGINES.get(family);
    var decoding = new Decoding(engine.traits(), method, PROMPT);
    int rows = 0;
    try (var state = engine.open(PROMPT.length, method)) {
      while (!decoding.done()) {
        rows += decoding.advance(state).rowsComputed();
      }
    }
    return rows;
  }

  /** Decodes what the contract lets pass, and sees that the rest is refused for a reason. */
  private static boolean decodedOrRefused(Family family, DecodingSpec spec) {
    var violations = Matrix.violations(family, PROMPT, spec);
    if (violations.isEmpty()) {
      decode(family, spec);
      return true;
    }
    assertThat(violations)
        .as("%s", spec)
        .allMatch(violation -> violation.field().startsWith("spec."))
        .noneMatch(violation -> violation.description().isBlank());
    return false;
  }

  private static List<DecodingSpec> specs(String unmask) {
    var specs = new ArrayList<DecodingSpec>();
    for (var compatibility : Compatibility.values()) {
      for (String cache : Matrix.CACHES) {
        for (String guidance : Matrix.GUIDANCES) {
          for (var rule : EndOfSequenceRule.values()) {
            for (int block : blocks(compatibility)) {
              specs.add(
                  Matrix.spec(
                      unmask,
                      cache,
                      guidance,
                      "compatibility: COMPATIBILITY_" + compatibility,
                      "end_of_sequence_rule: END_OF_SEQUENCE_RULE_" + rule,
                      "generation_length: " + GENERATION + " block_length: " + block));
            }
          }
        }
      }
    }
    return specs;
  }

  /** Fast-dLLM's decoder of the whole canvas knows one block only. */
  private static int[] blocks(Compatibility compatibility) {
    return compatibility == Compatibility.FAST_DLLM
        ? new int[] {GENERATION / 2, GENERATION}
        : new int[] {GENERATION / 2};
  }

  /** Whatever the contract lets pass, the worker decodes. */
  private static void decode(Family family, DecodingSpec spec) {
    var engine = ENGINES.get(family);
    var traits = engine.traits().withEndOfSequence(ENDS.get(family));
    var method = DecodingSpecs.method(spec, family.model);
    var decoding = new Decoding(traits, method, PROMPT);
    try (var state = engine.open(PROMPT.length, method)) {
      new Watch(traits, method, decoding).run(state);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + SEED + ", " + family + ": " + spec, e);
    }
  }
}
