package dev.unmask.contract.preference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Violation;
import dev.unmask.contract.rules.RequestRules;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Compatibility;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.DllmCache;
import dev.unmask.type.v1.EndOfSequenceRule;
import dev.unmask.type.v1.Guidance;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.ModelFamily;
import dev.unmask.type.v1.ModelIdentity;
import dev.unmask.type.v1.Preference;
import dev.unmask.type.v1.PreferredMethod;
import dev.unmask.type.v1.Prompt;
import dev.unmask.type.v1.Sampling;
import dev.unmask.type.v1.ShallowSharing;
import dev.unmask.type.v1.Sharing;
import dev.unmask.type.v1.Threshold;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PreferencesTest {
  private static final DecodingSpec METHOD =
      DecodingSpec.newBuilder()
          .setThreshold(Threshold.newBuilder().setThreshold(0.7))
          .setDllmCache(DllmCache.getDefaultInstance())
          .build();
  private static final Model MODEL =
      Model.newBuilder()
          .setIdentity(
              ModelIdentity.newBuilder().setName("mini").setFamily(ModelFamily.MODEL_FAMILY_LLADA))
          .setContextLength(2048)
          .setVocabularySize(500)
          .setHasChatTemplate(true)
          .addPreferredMethods(
              PreferredMethod.newBuilder()
                  .setPreference(Preference.PREFERENCE_BALANCED)
                  .setName("m")
                  .setMethod(METHOD))
          .build();

  @Test
  void spec_ofWhatIsNoMethod_keepsItAll() {
    var own =
        DecodingSpec.newBuilder()
            .setGenerationLength(64)
            .setBlockLength(8)
            .setSampling(Sampling.newBuilder().setTopK(3))
            .setEndOfSequenceRule(EndOfSequenceRule.END_OF_SEQUENCE_RULE_DECODE_ALL)
            .addStop("x")
            .build();
    var request = balanced().setSpec(own).build();
    assertThat(Preferences.spec(request, MODEL))
        .isEqualTo(
            own.toBuilder()
                .setThreshold(METHOD.getThreshold())
                .setDllmCache(METHOD.getDllmCache())
                .build());
    assertThat(RequestRules.of(MODEL).violations(request)).isEmpty();
  }

  @Test
  void spec_withoutPreference_isTheRequests() {
    var request = balanced().clearPreference().build();
    assertThat(Preferences.spec(request, MODEL)).isEqualTo(DecodingSpec.getDefaultInstance());
    assertThat(Preferences.method(request, MODEL)).isEmpty();
  }

  @Test
  void violations_partsOfAMethod_areNamedEach() {
    var spec =
        DecodingSpec.newBuilder()
            .setThreshold(Threshold.getDefaultInstance())
            .setCompatibility(Compatibility.COMPATIBILITY_UNMASK)
            .setGuidance(Guidance.newBuilder().setScale(1))
            .setLogitsEosInf(true)
            .setGenerationLength(32)
            .build();
    var request = balanced().setSpec(spec).build();
    assertThat(Preferences.violations(request, Optional.of(MODEL)))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder(
            "spec.threshold", "spec.compatibility", "spec.guidance", "spec.logits_eos_inf");
    assertThat(RequestRules.of(MODEL).violations(request))
        .as("each once, and nothing of what they would not fit")
        .hasSize(4);
  }

  @Test
  void violations_ofTheSpecThatIsDecodedBy_areFound() {
    var sharing =
        Sharing.newBuilder().setShallow(ShallowSharing.getDefaultInstance()).setPrefixCharacters(2);
    assertThat(RequestRules.of(MODEL).violations(balanced().setSharing(sharing).build()))
        .singleElement()
        .satisfies(broken -> {
          assertThat(broken.field()).isEqualTo("sharing.shallow");
          assertThat(broken.description()).contains("dllm_cache");
        });
  }

  @Test
  void violations_notOffered_areOfThePreference() {
    var request = balanced().setPreference(Preference.PREFERENCE_QUALITY).build();
    assertThat(RequestRules.of(MODEL).violations(request))
        .extracting(Violation::field)
        .containsExactly("preference");
    assertThat(RequestRules.ofAnyModel().violations(request)).isEmpty();
  }

  @Test
  void words_thereAndBack_areAll() {
    assertThat(PreferenceWords.all()).hasSize(3);
    assertThat(PreferenceWords.all())
        .allSatisfy(preference ->
            assertThat(PreferenceWords.named(PreferenceWords.of(preference))).contains(preference));
    assertThat(PreferenceWords.named("unspecified")).isEmpty();
    assertThat(PreferenceWords.list()).isEqualTo("quality, balanced, latency");
  }

  private static GenerateRequest.Builder balanced() {
    return GenerateRequest.newBuilder()
        .setPrompt(Prompt.newBuilder().setText("1+1="))
        .setPreference(Preference.PREFERENCE_BALANCED);
  }
}
