package dev.unmask.client.evaluation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Prompt;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MethodListTest {
  private static final Subject SUBJECT = new Subject("arithmetic", 128, ModelKind.LLADA_INST);

  @Test
  void standard_always_beginsWithThePapersColumns() {
    assertThat(MethodList.standard())
        .extracting(Method::name)
        .startsWith("vanilla", "+cache", "+parallel", "+both")
        .contains("+dual", "d2cache", "sparse", "wino", "certainty prior")
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(ModelKind.class)
  void standard_anyModel_keepsTheContract(ModelKind kind) {
    var choice = new Choice.Standard(Settings.none(), List.of());
    for (var method : choice.of(new Subject("gsm8k", 256, kind))) {
      var spec = method.spec();
      assertThat(spec.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_UNMASK);
      var request =
          GenerateRequest.newBuilder()
              .setPrompt(Prompt.newBuilder().setText("Question"))
              .setSpec(spec)
              .build();
      List<Violation> violations = RequestRules.of(model(kind)).violations(request);
      assertThat(violations).as(method.name()).isEmpty();
    }
  }

  @Test
  void spec_given_liesBetweenTheListsAndTheMethodsOwn() {
    var given = Settings.parse(List.of("generation.threshold=0.5", "generation.gen_length=64"));
    var methods = MethodList.parse("+parallel; vanilla");
    assertThat(methods.getFirst().spec(given, SUBJECT).getThreshold().getThreshold())
        .isEqualTo(0.9);
    assertThat(methods.getLast().spec(given, SUBJECT).getThreshold().getThreshold()).isEqualTo(0.5);
    assertThat(methods.getLast().spec(given, SUBJECT).getGenerationLength()).isEqualTo(64);
  }

  @Test
  void parse_ownList_hasItsCommonSettingsAndNoOthers() {
    var methods =
        MethodList.parse(
            """
            * = generation.block_length=16  # all
            slow =
            fast = generation.threshold=0.7, cache=prefix
            """);
    assertThat(methods).extracting(Method::name).containsExactly("slow", "fast");
    var fast = methods.getLast().spec(Settings.none(), SUBJECT);
    assertThat(fast.getBlockLength()).isEqualTo(16);
    assertThat(fast.getThreshold().getThreshold()).isEqualTo(0.7);
    assertThat(fast.getCompatibility()).isEqualTo(Compatibility.COMPATIBILITY_D2CACHE);
  }

  @Test
  void parse_namesOfTheStandardList_bringItsSettings() {
    var method = MethodList.parse("vanilla;mine=cache=prefix,generation.factor=2").getFirst();
    assertThat(method.spec(Settings.none(), SUBJECT).getCompatibility())
        .isEqualTo(Compatibility.COMPATIBILITY_UNMASK);
  }

  @Test
  void parse_wrongLists_sayWhatIsWrong() {
    refused("vanillla", "no method is called vanillla; there are vanilla, ");
    refused("a=cache=prefix;a=cache=null", "two methods are called a");
    refused("a=cache=prefixx", "method a: cache must be one of");
    refused(" # nothing", "it is empty");
    refused("*=cache=prefix", "it is empty");
  }

  private static void refused(String list, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MethodList.parse(list))
        .withMessageContaining(reason);
  }

  private static Model model(ModelKind kind) {
    var family =
        switch (kind) {
          case DREAM_BASE, DREAM_INST -> ModelFamily.MODEL_FAMILY_DREAM;
          case LLADA_BASE, LLADA_INST, LLADA_1_5 -> ModelFamily.MODEL_FAMILY_LLADA;
          case FAST_DLLM_V2 -> ModelFamily.MODEL_FAMILY_FAST_DLLM_V2;
          case SDAR -> ModelFamily.MODEL_FAMILY_SDAR;
        };
    int block = family == ModelFamily.MODEL_FAMILY_FAST_DLLM_V2 ? 32 : 8;
    return Model.newBuilder()
        .setIdentity(ModelIdentity.newBuilder().setFamily(family))
        .setBlockLength(kind.isBlockCausal() ? block : 0)
        .setContextLength(4096)
        .setVocabularySize(2048)
        .build();
  }
}
