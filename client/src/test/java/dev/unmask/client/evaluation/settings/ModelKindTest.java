package dev.unmask.client.evaluation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelKindTest {
  @ParameterizedTest
  @CsvSource({
    "unmask-mini-llada, MODEL_FAMILY_LLADA, llada-inst",
    "unmask-mini-dream, MODEL_FAMILY_DREAM, dream-inst",
    "LLaDA-8B-Instruct, MODEL_FAMILY_LLADA, llada-inst",
    "LLaDA-8B-Base, MODEL_FAMILY_LLADA, llada-base",
    "LLaDA-1.5, MODEL_FAMILY_LLADA, llada-1.5",
    "Dream-v0-Base-7B, MODEL_FAMILY_DREAM, dream-base",
    "Dream-v0-Instruct-7B, MODEL_FAMILY_DREAM, dream-inst",
    "unmask-mini-block, MODEL_FAMILY_FAST_DLLM_V2, fast-dllm-v2",
    "SDAR-8B-Chat, MODEL_FAMILY_SDAR, sdar",
  })
  void of_servedName_isD2CachesName(String name, ModelFamily family, String word) {
    var model = ModelIdentity.newBuilder().setName(name).setFamily(family).build();
    assertThat(ModelKind.of(model).word()).isEqualTo(word);
    assertThat(ModelKind.of(word)).contains(ModelKind.of(model));
  }
}
