package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KlassTest {
  private static final Klass KLASS = new Klass(.01, 2, .9, 1);

  @Test
  void pick_sureAndCalm_isCommitted() {
    assertThat(
            KLASS.pick(
                round(
                    new double[] {.95, .99, .5},
                    new float[] {.002f, .001f},
                    new float[] {.05f, .001f},
                    new float[] {0, 0})))
        .containsExactly(0);
  }

  @Test
  void pick_scoreEqualToTheThreshold_passes() {
    assertThat(KLASS.pick(round(new double[] {.9, .8}, new float[2], new float[2])))
        .containsExactly(0);
  }

  @Test
  void pick_divergenceEqualToTheBound_stays() {
    var round = round(new double[] {.95, .91}, new float[] {.25f, .25f}, new float[] {0, 0});
    assertThat(new Klass(.25, 2, .9, 1).pick(round)).containsExactly(1);
  }

  @Test
  void pick_stepWithoutADivergence_isNotCalm() {
    var round =
        round(
            new double[] {.99, .95},
            new float[] {Float.POSITIVE_INFINITY, 0},
            new float[] {.001f, .001f});
    assertThat(KLASS.pick(round)).containsExactly(1);
  }

  @Test
  void pick_noneQualifies_isTheBestSoMany() {
    float[] restless = {1, 1};
    var round = round(new double[] {.99, .2, .98}, restless, restless, restless);
    assertThat(KLASS.pick(round)).containsExactly(0);
    assertThat(new Klass(.01, 2, .9, 2).pick(round)).containsExactly(0, 2);
    assertThat(new Klass(.01, 2, .9, 9).pick(round)).containsExactly(0, 1, 2);
  }

  @Test
  void pick_someQualify_theMinimumAddsNone() {
    var round = round(new double[] {.95, .94}, new float[2], new float[] {1, 1});
    assertThat(new Klass(.01, 2, .9, 2).pick(round)).containsExactly(0);
  }

  @Test
  void probe_isTheDivergencesOfItsHistory() {
    assertThat(new Klass(.01, 3, .9, 1).probe()).isEqualTo(new Probe.Divergence(3));
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(0, 2, .9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(Double.NaN, 2, .9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(.01, 0, .9, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(.01, 2, 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(.01, 2, 1.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Klass(.01, 2, .9, 0));
  }

  private static Round round(double[] scores, float[]... divergences) {
    return Rounds.probed(Rounds.of(scores), divergences);
  }
}
