package dev.unmask.client.evaluation.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Sampling;
import dev.unmask.type.v1.Threshold;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptionSettingsTest {
  private static final DecodingSpec OPTIONS =
      DecodingSpec.newBuilder()
          .setGenerationLength(64)
          .setSampling(Sampling.newBuilder().setTopP(0.5).setSeed(7))
          .build();

  @Test
  void over_namesOfD2Cache_areD2Caches() {
    var settings = Settings.parse(List.of("cache=prefix", "generation.top_p=0.9"));
    assertThat(OptionSettings.over(settings, OPTIONS))
        .hasToString("cache=prefix generation.top_p=0.5 generation.gen_length=64 seed=7");
  }

  @Test
  void over_namesOfFastDllm_areFastDllms() {
    assertThat(OptionSettings.over(Settings.parse(List.of("use_cache=true")), OPTIONS))
        .hasToString("use_cache=true gen_length=64 top_p=0.5 seed=7");
  }

  @Test
  void over_optionThatChoosesAMethod_isRefused() {
    var options = DecodingSpec.newBuilder().setThreshold(Threshold.newBuilder().setThreshold(1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptionSettings.over(Settings.none(), options.build()))
        .withMessageContaining("threshold { threshold: 1.0 }");
  }

  @Test
  void withLength_named_recomputesWhatDependsOnIt() {
    var choice = new Choice.Named(MethodList.parse("d2cache"), Settings.none(), List.of("stop"));
    var spec =
        choice.withLength(64).of(new Subject("lists", 128, ModelKind.LLADA_INST)).getFirst().spec();
    assertThat(spec.getGenerationLength()).isEqualTo(64);
    assertThat(spec.getBlockLength()).isEqualTo(64);
    assertThat(spec.getStopList()).containsExactly("stop");
  }

  @Test
  void of_fields_leaveTheRestToTheServer() {
    var subject = new Subject("lists", 128, ModelKind.LLADA_INST);
    var plain = new Choice.Fields(DecodingSpec.getDefaultInstance());
    assertThat(plain.of(subject).getFirst().name()).isEqualTo("default");
    assertThat(plain.withLength(64).of(subject).getFirst().spec())
        .isEqualTo(DecodingSpec.newBuilder().setGenerationLength(64).build());
    assertThat(new Choice.Fields(OPTIONS).of(subject).getFirst().name()).isEqualTo("given");
  }
}
