package dev.unmask.worker.unmask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.unmask.Factor.Edge;
import org.junit.jupiter.api.Test;

class FactorTest {
  @Test
  void pick_theoremHolds_isTheLongestRun() {
    assertThat(new Factor(1).pick(Rounds.of(.2, .99, .6, .9))).containsExactly(1, 3);
  }

  @Test
  void pick_allPass_d2CacheLeavesTheWorst() {
    assertThat(pick(Edge.THEOREM, .99, .98, .97)).containsExactly(0, 1, 2);
    assertThat(pick(Edge.FAST_DLLM, .99, .98, .97)).containsExactly(0, 1, 2);
    assertThat(pick(Edge.D2CACHE, .99, .98, .97)).containsExactly(0, 1);
  }

  @Test
  void pick_onlyTheWorstFails_fastDllmTakesIt() {
    assertThat(pick(Edge.THEOREM, .99, .98, .1)).containsExactly(0, 1);
    assertThat(pick(Edge.FAST_DLLM, .99, .98, .1)).containsExactly(0, 1, 2);
    assertThat(pick(Edge.D2CACHE, .99, .98, .1)).containsExactly(0, 1);
  }

  @Test
  void pick_equality_passesForFastDllmOnly() {
    // (2 + 1)(1 - 0.5) is exactly 1.5, and so is the factor.
    var round = Rounds.of(1, .5, .25, .125);

    assertThat(new Factor(1.5, 1, Edge.THEOREM).pick(round)).containsExactly(0);
    assertThat(new Factor(1.5, 1, Edge.FAST_DLLM).pick(round)).containsExactly(0, 1);
  }

  @Test
  void pick_noneMayGo_isTheMinimum() {
    var round = Rounds.of(.1, .3, .2, .1);

    assertThat(new Factor(1, 2, Edge.THEOREM).pick(round)).containsExactly(1, 2);
    assertThat(new Factor(1, 1, Edge.D2CACHE).pick(round)).containsExactly(1);
    assertThat(pick(Edge.FAST_DLLM, .1)).containsExactly(0);
  }

  @Test
  void new_outOfRange_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Factor(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Factor(Double.NaN));
  }

  private static int[] pick(Edge edge, double... scores) {
    return new Factor(1, 1, edge).pick(Rounds.of(scores));
  }
}
