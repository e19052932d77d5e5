package dev.unmask.worker.decoding;

import static java.lang.Float.POSITIVE_INFINITY;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DivergencesTest {
  private final Divergences divergences = new Divergences(4, 2);

  @Test
  void of_nothingRecorded_isInfinite() {
    assertThat(divergences.of(0)).containsExactly(POSITIVE_INFINITY, POSITIVE_INFINITY);
  }

  @Test
  void of_firstStep_hasNothingToCompareWith() {
    record(new int[] {0, 1}, .1f, .2f);
    assertThat(divergences.of(0)).containsExactly(POSITIVE_INFINITY, POSITIVE_INFINITY);
  }

  @Test
  void of_laterSteps_oldestFirst() {
    record(new int[] {0, 1}, .1f, .2f);
    record(new int[] {0, 1}, .3f, .4f);
    assertThat(divergences.of(1)).containsExactly(POSITIVE_INFINITY, .4f);
    record(new int[] {0, 1}, .5f, .6f);
    assertThat(divergences.of(1)).containsExactly(.4f, .6f);
    record(new int[] {1}, .7f);
    assertThat(divergences.of(1)).containsExactly(.6f, .7f);
  }

  @Test
  void of_stepThatDidNotScoreIt_isInfiniteAndSoIsTheNext() {
    record(new int[] {0, 1}, 0, 0);
    record(new int[] {0, 1}, .1f, .1f);
    record(new int[] {0}, .2f);
    assertThat(divergences.of(1)).containsExactly(.1f, POSITIVE_INFINITY);
    record(new int[] {0, 1}, .3f, .3f);
    assertThat(divergences.of(1)).containsExactly(POSITIVE_INFINITY, POSITIVE_INFINITY);
    record(new int[] {0, 1}, .4f, .4f);
    assertThat(divergences.of(1)).containsExactly(POSITIVE_INFINITY, .4f);
    assertThat(divergences.of(0)).containsExactly(.3f, .4f);
  }

  @Test
  void of_changedCopy_leavesTheHistory() {
    divergences.of(2)[0] = 0;
    assertThat(divergences.of(2)[0]).isInfinite();
  }

  private void record(int[] positions, float... numbers) {
    divergences.record(positions, numbers);
  }
}
