package dev.unmask.worker.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenFrequenciesTest {
  private final TokenFrequencies frequencies =
      TokenFrequencies.of(Map.of(1, 500L, 2, 1L, 3, 0L), 10_000, 5);

  @Test
  void calibrated_rareToken_countsForMore() {
    assertThat(frequencies.calibrated(.99f, 1, 10)).isCloseTo(.99f * 2.9957f, within(1e-3f));
    assertThat(frequencies.calibrated(.9f, 2, 10)).isCloseTo(.9f * 9.2103f, within(1e-3f));
  }

  @Test
  void calibrated_tokenTheCorpusLacks_countsAsOnce() {
    assertThat(frequencies.calibrated(.7f, 4, 10)).isEqualTo(frequencies.calibrated(.7f, 2, 10));
  }

  @Test
  void calibrated_countOfNone_isFinite() {
    assertThat(frequencies.calibrated(.5f, 3, 100)).isCloseTo(.5f * 23.0259f, within(1e-3f));
  }

  @Test
  void calibrated_aboveTheBound_isTheBound() {
    assertThat(frequencies.calibrated(1, 2, 4)).isEqualTo(4);
  }

  @Test
  void of_notACorpus_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> TokenFrequencies.of(Map.of(), 0, 5));
    assertThatIllegalArgumentException().isThrownBy(() -> TokenFrequencies.of(Map.of(), 5, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenFrequencies.of(Map.of(5, 1L), 10, 5))
        .withMessageContaining("token 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenFrequencies.of(Map.of(-1, 1L), 9, 5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenFrequencies.of(Map.of(1, 11L), 10, 5))
        .withMessageContaining("count 11");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenFrequencies.of(Map.of(1, -1L), 9, 5));
  }
}
