package dev.unmask.client.evaluation.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @Test
  void parse_sameNameTwice_hasLastValue() {
    var settings = Settings.parse(List.of("generation.threshold=0.5", "generation.threshold=0.8"));
    assertThat(settings.number("generation.threshold")).contains(0.8);
  }

  @Test
  void parse_pythonWords_areKnown() {
    var settings =
        Settings.parse(List.of("cache.use_dual=True", "generation.top_p=None", "cache=prefix"));
    assertThat(settings.isTrue("cache.use_dual")).isTrue();
    assertThat(settings.isNull("generation.top_p")).isTrue();
    assertThat(settings.hasValue("generation.top_p")).isFalse();
  }

  @Test
  void parse_hydrasPlus_isLeftOut() {
    assertThat(Settings.parse(List.of("++generation.gamma=0.1")).number("generation.gamma"))
        .contains(0.1);
  }

  @Test
  void parse_unknownName_namesTheNearest() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.parse(List.of("cache.rollour_p=0.1")))
        .withMessageContaining("cache.rollour_p")
        .withMessageContaining("did you mean cache.rollout_p?");
  }

  @ParameterizedTest
  @CsvSource({
    "generation.threshold=much, 'a number from 0 to 1, or null'",
    "generation.threshold=1.5, 'a number from 0 to 1, or null'",
    "generation.gen_length=0, 'an integer from 1 to 2147483647, or null'",
    "generation.gen_length=4000000000, 'an integer from 1 to 2147483647, or null'",
    "cache=duall, 'one of null, prefix, dllm, d2cache, sparse, block'",
    "cache.kp=0, 'a number of steps of at least 1, or -1 for every step, or null'",
    "cache.use_dual=yes, 'one of true, false'",
    "model=llada-instruct, 'one of llada-base, llada-inst, llada-1.5, dream-base, dream-inst,"
        + " fast-dllm-v2, sdar'",
    "seed=-1, 'an integer of at least 0'",
  })
  void parse_valueOutOfForm_namesKeyAndForm(String text, String form) {
    var name = text.substring(0, text.indexOf('='));
    var value = text.substring(text.indexOf('=') + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.parse(List.of(text)))
        .withMessage(name + " must be " + form + ", was " + value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attn_implementation=eager",
        "use_eval_cache=true",
        "generation.output_probs=true",
        "eval_args.log_samples=true",
        "model.path=somewhere",
      })
  void parse_nameWithoutMeaningInAServer_saysWhy(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.parse(List.of(text)))
        .withMessageContaining(text.substring(0, text.indexOf('=')) + " has no meaning here: ");
  }

  @Test
  void parse_namesOfTwoProjects_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.parse(List.of("generation.gen_length=64", "use_cache=true")))
        .withMessageContaining("generation.gen_length is d2Cache's name")
        .withMessageContaining("use_cache is Fast-dLLM's name");
  }

  @Test
  void dialect_dllmCachesIntervalsAmongLladasNames_isDllmCache() {
    var settings = Settings.parse(List.of("steps=64", "gen_interval_steps=5"));
    assertThat(settings.dialect()).isEqualTo(Dialect.DLLM_CACHE);
  }

  @Test
  void parse_noEqualsSign_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.parse(List.of("cache")))
        .withMessage("a setting is name=value, not cache");
  }

  @Test
  void with_bothHaveAName_theOthersWin() {
    var below = Settings.parse(List.of("generation.sigma=10", "cache=d2cache"));
    var above = Settings.parse(List.of("generation.sigma=0"));
    assertThat(below.with(above)).hasToString("generation.sigma=0 cache=d2cache");
  }
}
