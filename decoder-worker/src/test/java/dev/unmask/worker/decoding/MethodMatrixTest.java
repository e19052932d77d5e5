package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.TokenIds;
import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.scoring.Confidence;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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

  private static final List<String> UNMASKS =
      List.of(
          "fixed_schedule { steps: 8 }",
          "fixed_schedule { tokens_per_step: 2 }",
          "fixed_schedule { time { steps: 8 } }",
          "fixed_schedule { time { steps: 4 } alg_temp: 0.5 }",
          "threshold { threshold: 0.5 }",
          "threshold { threshold: 0.5 steps: 4 }",
          "factor { factor: 1.5 }",
          "entropy_bound { gamma: 1 }",
          "klass { kl_threshold: 1 threshold: 0.3 kl_history_length: 1 }",
          "wino { wide_in_thres: 0.3 narrow_out_thres: 1 }",
          "pc_sampler { tokens_per_step: 2 }",
          "pc_sampler { debias: false }",
          "left_to_right { threshold: 0.5 }",
          "left_to_right { }",
          "origin { steps: 4 }");

  private static final List<String> CACHES =
      List.of(
          "no_cache { }",
          "prefix_cache { }",
          "dual_cache { }",
          "dllm_cache { kp: 4 kr: 3 rou: 0.3 }",
          "d2_cache { current_k: 2 sigma: 2 inflate_w: 1 }",
          "d2_cache { current_k: 2 sigma: 2 rollout_p: 0.3 mode: D2_CACHE_MODE_PAPER }",
          "sparse_dllm { }",
          "sparse_dllm { delay: 0 kernel_size: 1 keep_ratio: 0.7 }");

  private static final List<String> GUIDANCES =
      List.of("", "guidance { scale: 1.5 }", "guidance { scale: 0.5 interval: 3 }");

  /** A family and one of its models. */
  enum Family {
    LLADA("tiny-llada", ModelFamily.MODEL_FAMILY_LLADA),
    DREAM("tiny-dream", ModelFamily.MODEL_FAMILY_DREAM);

    private final Path folder;
    private final Model model;

    Family(String name, ModelFamily family) {
      folder = Path.of("src/test/golden/models", name);
      model =
          Model.newBuilder()
              .setIdentity(ModelIdentity.newBuilder().setName(name).setFamily(family))
              .setContextLength(512)
              .setVocabularySize(512)
              .setMaskToken(511)
              .setEndOfSequenceToken(510)
              .build();
    }
  }

  private static final Map<Family, TorchEngine> ENGINES = new TreeMap<>();

  /** What each model says in the middle of an answer, so that the rules of the end matter. */
  private static final Map<Family, Integer> ENDS = new TreeMap<>();

  @BeforeAll
  static void load() {
    for (var family : Family.values()) {
      try (var checkpoint = Checkpoint.open(family.folder)) {
        var settings = new EngineSettings("cpu", OptionalInt.of(1));
        ENGINES.put(family, TorchEngine.load(checkpoint, settings));
      }
      ENDS.put(family, middle(ENGINES.get(family)));
    }
  }

  private static int middle(TorchEngine engine) {
    var method = Methods.plain().method(GENERATION, GENERATION);
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
        .flatMap(family -> UNMASKS.stream().map(unmask -> new Row(family, unmask)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void advance_anyMethod_isRefusedForAReasonOrKeepsTheInvariants(Row row) {
    int decoded = 0;
    for (var spec : specs(row.unmask())) {
      decoded += decodedOrRefused(row.family(), spec) ? 1 : 0;
    }
    boolean dreams = row.unmask().startsWith("threshold") && row.unmask().contains("steps");
    assertThat(decoded > 0)
        .as("%s is a method of the family", row)
        .isEqualTo(row.family() == Family.DREAM || !dreams);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void advance_anyConfidenceAndSampling_isRefusedForAReasonOrKeepsTheInvariants(Row row) {
    for (var confidence : Confidence.values()) {
      for (String sampling : List.of("", "temperature: 0.8 top_p: 0.9 top_k: 40 seed: 5")) {
        for (String prior : List.of("", "certainty_prior_sigma: 2")) {
          decodedOrRefused(
              row.family(),
              spec(
                  row.unmask(),
                  row.unmask().startsWith("wino") ? "no_cache { }" : "dual_cache { }",
                  "confidence: CONFIDENCE_" + confidence,
                  "sampling { " + sampling + " }",
                  prior,
                  "logits_eos_inf: true confidence_eos_eot_inf: true",
                  "generation_length: " + GENERATION + " block_length: " + GENERATION / 2));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void violations_ourOwnBehaviour_refusesNoPolicyWithAnyCache(Row row) {
    boolean special = row.unmask().startsWith("wino") || row.unmask().contains("0.5 steps");
    for (String cache : CACHES) {
      var lengths = "generation_length: 8 block_length: 4";
      var refused = !violations(row.family(), spec(row.unmask(), cache, lengths)).isEmpty();
      assertThat(refused)
          .as("%s with %s", row, cache)
          .isEqualTo(special && !(row.unmask().startsWith("wino") && cache.startsWith("no_cache")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void advance_anyCache_computesFewerRowsThanNone(Family family) {
    int none = rows(family, "no_cache { }");
    int prefix = rows(family, "prefix_cache { }");
    int dual = rows(family, "dual_cache { }");
    assertThat(List.of(dual, prefix, none)).isSorted();
    assertThat(dual).isLessThan(none);
    assertThat(rows(family, "dllm_cache { kp: 4 kr: 3 rou: 0.3 }")).isLessThan(none);
    assertThat(rows(family, "d2_cache { current_k: 2 }")).isLessThan(none);
    assertThat(rows(family, "sparse_dllm { }")).isLessThan(none);
  }

  private static int rows(Family family, String cache) {
    var spec = spec("fixed_schedule { }", cache, "generation_length: 16 block_length: 8");
    var method = DecodingSpecs.method(spec);
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
    var violations = violations(family, spec);
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
      for (String cache : CACHES) {
        for (String guidance : GUIDANCES) {
          for (var rule : EndOfSequenceRule.values()) {
            for (int block : blocks(compatibility)) {
              specs.add(
                  spec(
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

  private static DecodingSpec spec(String... parts) {
    try {
      return TextFormat.parse(String.join("\n", parts), DecodingSpec.class);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static List<Violation> violations(Family family, DecodingSpec spec) {
    var tokens = TokenIds.newBuilder();
    Arrays.stream(PROMPT).forEach(tokens::addIds);
    var request =
        DecodeRequest.newBuilder()
            .setModel(family.model.getIdentity().getName())
            .setRequestId("request-1")
            .setNamespace("default")
            .setPrompt(Prompt.newBuilder().setTokens(tokens))
            .setSpec(spec);
    return RequestRules.of(family.model).violations(request.build());
  }

  /** Whatever the contract lets pass, the worker decodes. */
  private static void decode(Family family, DecodingSpec spec) {
    var engine = ENGINES.get(family);
    var traits = engine.traits().withEndOfSequence(ENDS.get(family));
    var method = DecodingSpecs.method(spec);
    var decoding = new Decoding(traits, method, PROMPT);
    try (var state = engine.open(PROMPT.length, method)) {
      new Watch(traits, method, decoding).run(state);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("seed " + SEED + ", " + family + ": " + spec, e);
    }
  }
}
