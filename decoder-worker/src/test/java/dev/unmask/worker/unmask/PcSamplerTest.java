package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PcSamplerTest {
  @Test
  void pick_bestScores_areTaken() {
    var sampler = new PcSampler(2, true, 10);
    assertThat(sampler.pick(Rounds.of(3, 8.3, 0, 4))).containsExactly(1, 3);
    assertThat(sampler.pick(Rounds.of(3))).containsExactly(0);
  }

  @Test
  void pick_scoresAtTheBound_leftToRight() {
    assertThat(new PcSampler(1, true, 10).pick(Rounds.of(9, 10, 10))).containsExactly(1);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PcSampler(0, true, 10));
    assertThatIllegalArgumentException().isThrownBy(() -> new PcSampler(1, true, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new PcSampler(1, true, Double.NaN));
  }
}
