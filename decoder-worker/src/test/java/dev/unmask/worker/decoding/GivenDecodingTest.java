package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.canvas.Given;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.Wino;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Canvases of 2 + 8 positions in blocks of 4, of which something is known at first. */
class GivenDecodingTest {
  private static final int MASK = 99;
  private static final int END = 98;
  private static final ModelTraits LLADA = new ModelTraits(MASK, END, 0);
  private static final int[] PROMPT = {1, 2};

  private final ScriptedDenoiser says = new ScriptedDenoiser(0, position -> 10 + position);

  @Test
  void next_blockWithoutMasks_isSkippedWithoutAStep() {
    var first = new Given(new int[] {0, 1, 2, 3}, new int[] {5, 5, 5, 5}, new int[0]);
    assertThat(run(decoding(Methods.plain(), first)))
        .extracting(StepOutcome::block)
        .containsOnly(1)
        .hasSize(4);
    var last = Given.suffix(5, 5, 5, 5);
    assertThat(run(decoding(Methods.plain(), last)))
        .extracting(StepOutcome::block)
        .containsOnly(0)
        .hasSize(4);
  }

  @Test
  void accept_fixedSchedule_sharesTheBlocksMasksOverItsSteps() {
    var methods = Methods.plain().with(new FixedSchedule(new Pace.Steps(4)));
    var known = new Given(new int[] {1}, new int[] {5}, new int[] {5, 5});
    assertThat(run(decoding(methods, known)))
        .extracting(outcome -> outcome.commits().size())
        .containsExactly(2, 1, 1, 1);
  }

  /** Of eight positions at four steps the first considers two, as if nothing were known. */
  @Test
  void accept_thresholdWithAQuota_doesNotCountWhatWasGiven() {
    var methods = Methods.plain().with(new Threshold(.01, 1, OptionalInt.of(4)));
    var dream = new ModelTraits(MASK, END, 1);
    var known = new Given(new int[] {0, 1}, new int[] {5, 5}, new int[] {5, 5, 5, 5});
    var decoding =
        new Decoding(
            dream,
            methods.with(Compatibility.FAST_DLLM).method(8, 8),
            Outset.of(PROMPT).with(known));
    var outcome = decoding.advance(new ScriptedDenoiser(1, position -> 10 + position));
    assertThat(outcome.commits()).hasSize(2);
  }

  @Test
  void advance_endOfSequenceBeforeTheSuffix_endsNothing() {
    var methods = Methods.plain().with(EndOfSequenceRule.STOP);
    var ends = new ScriptedDenoiser(0, position -> position == 3 ? END : 10 + position);
    var decoding = decoding(methods, Given.suffix(7, END));
    while (!decoding.done()) {
      decoding.advance(ends);
    }
    assertThat(decoding.canvas()).containsExactly(1, 2, 12, END, 14, 15, 16, 17, 7, END);
    assertThat(decoding.answerEnd()).isEqualTo(8);
    assertThat(decoding.finishReason()).contains(FinishReason.LENGTH);
  }

  @Test
  void advance_endOfSequenceBehindGivenTokens_ends() {
    var methods = Methods.plain().with(EndOfSequenceRule.STOP);
    var ends = new ScriptedDenoiser(0, position -> position % 2 == 1 ? END : 10 + position);
    var decoding = decoding(methods, new Given(new int[] {2}, new int[] {7}, new int[0]));
    while (!decoding.done()) {
      decoding.advance(ends);
    }
    assertThat(decoding.canvas()).containsExactly(1, 2, 12, END, 7, END, MASK, MASK, MASK, MASK);
    assertThat(decoding.finishReason()).contains(FinishReason.END_OF_SEQUENCE);
  }

  @Test
  void advance_wino_neverTakesBackWhatWasGiven() {
    var methods = Methods.plain().with(new Wino(.01, 1, 1));
    var known = new Given(new int[] {1}, new int[] {5}, new int[0]);
    var decoding = decoding(methods, known);
    new Watch(LLADA, methods.method(), decoding).run(says.verified((_, _) -> .1));
    assertThat(decoding.canvas()[3]).isEqualTo(5);
  }

  @Test
  void advance_dualCache_computesTheWholeBlockAroundWhatWasGiven() {
    var known = new Given(new int[] {0, 2}, new int[] {5, 6}, new int[] {7});
    var methods = Methods.plain().with(new DualCache());
    var decoding = decoding(methods, known);
    new Watch(LLADA, methods.method(), decoding).run(says);
    assertThat(says.steps.get(1).rows()).containsExactly(2, 3, 4, 5);
    assertThat(says.steps.get(1).tokens()).containsExactly(5, 13, 6, MASK);
    assertThat(decoding.canvas()).containsExactly(1, 2, 5, 13, 6, 15, 16, 17, 18, 7);
  }

  private static Decoding decoding(Methods methods, Given known) {
    return new Decoding(LLADA, methods.method(), Outset.of(PROMPT).with(known));
  }

  private List<StepOutcome> run(Decoding decoding) {
    var outcomes = new ArrayList<StepOutcome>();
    while (!decoding.done()) {
      outcomes.add(decoding.advance(says));
    }
    return outcomes;
  }
}
