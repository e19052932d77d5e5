package dev.unmask.contract.combination;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What block-causal models take, and what is theirs alone. */
class BlockCausalRulesTest {
  private static final Model V2 = model(ModelFamily.MODEL_FAMILY_FAST_DLLM_V2, 32);
  private static final Model SDAR = model(ModelFamily.MODEL_FAMILY_SDAR, 4);
  private static final Model LLADA = model(ModelFamily.MODEL_FAMILY_LLADA, 0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "generation_length: 100",
        "generation_length: 7 block_length: 8",
        "block_cache {} block_length: 16",
        "block_cache { within_block: true } block_length: 8 threshold { threshold: 0.9 }",
        "no_cache {} generation_length: 64",
        "fixed_schedule { tokens_per_step: 1 }",
        "klass {}",
        "left_to_right {}",
        "compatibility: COMPATIBILITY_FAST_DLLM_V2 threshold { threshold: 0.95 }"
      })
  void violations_whatFits_areNone(String spec) {
    assertThat(violations(V2, spec)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compatibility: COMPATIBILITY_SDAR threshold { min_tokens_per_step: 2 }",
        "compatibility: COMPATIBILITY_SDAR fixed_schedule { steps: 64 }",
        "compatibility: COMPATIBILITY_SDAR left_to_right { min_tokens_per_step: 2 }",
        "compatibility: COMPATIBILITY_SDAR entropy_bound { gamma: 0.35 }"
            + " confidence: CONFIDENCE_NEGATIVE_ENTROPY"
      })
  void violations_sdarsStrategies_areNone(String spec) {
    assertThat(violations(SDAR, spec)).isEmpty();
  }

  @Test
  void violations_approximateCaches_sayThatThereIsNothingToApproximate() {
    for (String cache : List.of("prefix", "dual", "dllm", "d2")) {
      refused(V2, cache + "_cache {}", "spec." + cache + "_cache", "nothing to approximate");
    }
    refused(V2, "sparse_dllm {}", "spec.sparse_dllm", "nothing to approximate");
  }

  @Test
  void violations_whatSeesTheWholeCanvas_isNamed() {
    refused(V2, "wino {}", "spec.wino", "its shadow sees the whole canvas");
    refused(V2, "guidance { scale: 1 }", "spec.guidance", "a masked prompt");
  }

  @Test
  void violations_lengths_nameTheModelsBlock() {
    refused(V2, "block_length: 12", "spec.block_length", "must divide the model's block of 32");
    refused(SDAR, "block_length: 8", "spec.block_length", "must divide the model's block of 4");
    refused(
        V2, "no_cache {} generation_length: 40", "spec.generation_length", "must be a multiple");
  }

  @Test
  void violations_originalsOfTheOtherKind_areNamed() {
    refused(V2, "compatibility: COMPATIBILITY_D2CACHE", "spec.compatibility", "full attention");
    refused(V2, "compatibility: COMPATIBILITY_SDAR", "spec.compatibility", "another family");
    refused(LLADA, "compatibility: COMPATIBILITY_SDAR", "spec.compatibility", "block-causal ones");
    refused(LLADA, "block_cache {}", "spec.block_cache", "none of its states is ever final");
  }

  @Test
  void violations_whatAnOriginalDoesNotKnow_isNamed() {
    String v2 = " compatibility: COMPATIBILITY_FAST_DLLM_V2";
    refused(V2, "factor {}" + v2, "spec.factor", "compares probabilities with a threshold");
    refused(
        V2,
        "threshold { min_tokens_per_step: 2 }" + v2,
        "spec.threshold.min_tokens_per_step",
        "the best token alone");
    String sdar = " compatibility: COMPATIBILITY_SDAR";
    refused(SDAR, "klass {}" + sdar, "spec.klass", "it is followed with");
    refused(
        SDAR,
        "block_cache { within_block: true }" + sdar,
        "spec.block_cache.within_block",
        "whole");
    refused(SDAR, "entropy_bound {}" + sdar, "spec.confidence", "ranks by");
  }

  private static void refused(Model model, String spec, String field, String reason) {
    assertThat(violations(model, spec))
        .anySatisfy(found -> {
          assertThat(found.field()).isEqualTo(field);
          assertThat(found.description()).contains(reason);
        });
  }

  private static List<Violation> violations(Model model, String spec) {
    try {
      var request =
          GenerateRequest.newBuilder()
              .setPrompt(Prompt.newBuilder().setText("Question"))
              .setSpec(TextFormat.parse(spec, DecodingSpec.class));
      return RequestRules.of(model).violations(request.build());
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Model model(ModelFamily family, int block) {
    return Model.newBuilder()
        .setIdentity(ModelIdentity.newBuilder().setFamily(family))
        .setContextLength(4096)
        .setVocabularySize(2048)
        .setBlockLength(block)
        .build();
  }
}
