package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.unmask.EntropyBound.LeftOut;
import org.junit.jupiter.api.Test;

class EntropyBoundTest {
  @Test
  void pick_sumsWithoutTheLargest_bestThatStayBelow() {
    // By score: entropies .1 .2 .4 .9; sums without the largest 0 .1 .3 .7.
    assertThat(new EntropyBound(.5, 1).pick(falling(.1, .2, .4, .9))).containsExactly(0, 1, 2);
    assertThat(new EntropyBound(.05, 1).pick(falling(.1, .2, .4, .9))).containsExactly(0);
    assertThat(new EntropyBound(.75, 1).pick(falling(.1, .2, .4, .9))).hasSize(4);
  }

  @Test
  void pick_largestIsNotTheLast_theEdgesDiffer() {
    // Entropies .6 .1 .2: without the largest 0 .1 .3; without the last 0 .6 .7.
    var round = falling(.6, .1, .2);
    var paper = new EntropyBound(.2, 1);
    assertThat(paper.pick(round)).containsExactly(0, 1);
    assertThat(paper.with(LeftOut.LAST).pick(round)).containsExactly(0);
    assertThat(new EntropyBound(.65, 1, LeftOut.LAST).pick(round)).containsExactly(0, 1);
  }

  @Test
  void pick_equalToTheBound_passes() {
    assertThat(new EntropyBound(.25, 1).pick(falling(.25, .25, .25))).containsExactly(0, 1);
  }

  @Test
  void pick_scoresDecideTheOrder_notThePositions() {
    var round =
        Rounds.probed(Rounds.of(.1, .9, .5), new float[] {.1f}, new float[] {3}, new float[] {.2f});
    assertThat(new EntropyBound(.35, 1).pick(round)).containsExactly(0, 1, 2);
    assertThat(new EntropyBound(.1, 1).pick(round)).containsExactly(1);
  }

  @Test
  void pick_fewerMayGoThanTheMinimum_isTheBestSoMany() {
    assertThat(new EntropyBound(0, 2).pick(falling(1, 1, 1))).containsExactly(0, 1);
    assertThat(new EntropyBound(0, 4).pick(falling(1, 1))).containsExactly(0, 1);
  }

  @Test
  void pick_certainCandidates_allGoWhateverTheBound() {
    assertThat(new EntropyBound(0, 1).pick(falling(0, 0, 0))).containsExactly(0, 1, 2);
  }

  @Test
  void probe_isTheEntropy() {
    assertThat(new EntropyBound(.5, 1).probe()).isEqualTo(new Probe.Entropy());
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EntropyBound(-.1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntropyBound(Double.NaN, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new EntropyBound(1, 0));
  }

  /** Candidates from best to worst with these entropies. */
  private static Round falling(double... entropies) {
    double[] scores = new double[entropies.length];
    float[][] probed = new float[entropies.length][];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = 1 - i / 10.0;
      probed[i] = new float[] {(float) entropies[i]};
    }
    return Rounds.probed(Rounds.of(scores), probed);
  }
}
