package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecodingTest {
  private static final int MASK = 99;
  private static final int END = 98;
  private static final ModelTraits LLADA = new ModelTraits(MASK, END, 0);
  private static final ModelTraits DREAM = new ModelTraits(MASK, END, 1);
  private static final int[] PROMPT = {1, 2, 3};

  private final ScriptedDenoiser llada = new ScriptedDenoiser(0, position -> position);
  private final ScriptedDenoiser dream = new ScriptedDenoiser(1, position -> position);

  @Test
  void advance_oneTokenAStep_fillsBlocksLeftToRight() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    var outcomes = run(decoding, llada);

    assertThat(outcomes).hasSize(8);
    assertThat(outcomes.get(4).block()).isEqualTo(1);
    assertThat(outcomes.get(3).blockFinished()).isTrue();
    assertThat(decoding.canvas()).containsExactly(1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10);
    assertThat(decoding.finishReason()).contains(FinishReason.LENGTH);
    assertThat(decoding.finishedEnd()).isEqualTo(11);
  }

  @Test
  void advance_endOfSequenceWithStop_leavesWhatIsRightOfIt() {
    var decoding =
        new Decoding(LLADA, Methods.plain().with(EndOfSequenceRule.STOP).method(), PROMPT);
    var outcomes = run(decoding, new ScriptedDenoiser(0, p -> p == 5 ? END : p));

    assertThat(outcomes).hasSize(3);
    assertThat(outcomes.getLast().blockFinished()).isTrue();
    assertThat(decoding.canvas()).startsWith(1, 2, 3, 3, 4, END, MASK).endsWith(MASK);
    assertThat(decoding.finishReason()).contains(FinishReason.END_OF_SEQUENCE);
    assertThat(decoding.finishedEnd()).isEqualTo(6);
  }

  @Test
  void advance_endOfSequenceWithDecodeAll_decodesAll() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    run(decoding, new ScriptedDenoiser(0, p -> p == 5 ? END : p));

    assertThat(decoding.canvas()).doesNotContain(MASK);
    assertThat(decoding.finishReason()).contains(FinishReason.END_OF_SEQUENCE);
  }

  @Test
  void next_askedTwice_isTheSameStep() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    var step = decoding.next();

    assertThat(decoding.next()).isSameAs(step);
    assertThat(step.rows()).hasSize(11);
    assertThat(step.scored()).containsExactly(3, 4, 5, 6);
    decoding.accept(llada.step(step));
    assertThat(decoding.next().number()).isOne();
  }

  @Test
  void accept_storedForward_countsNoRows() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    var computed = llada.step(decoding.next());

    var outcome = decoding.accept(Predictions.of(computed.tokens(), computed.confidences(), 0));

    assertThat(outcome.rowsComputed()).isZero();
    assertThat(outcome.commits()).hasSize(1);
  }

  @Test
  void accept_notAsked_isRefused() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);

    assertThatIllegalStateException()
        .isThrownBy(() -> decoding.accept(Predictions.of(new int[1], new float[1], 1)));
  }

  @Test
  void accept_wrongNumberOfPredictions_isRefused() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    decoding.next();

    assertThatIllegalStateException()
        .isThrownBy(() -> decoding.accept(Predictions.of(new int[1], new float[1], 1)));
  }

  @Test
  void advance_modelPredictsTheMask_isRefused() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);

    assertThatIllegalStateException()
        .isThrownBy(() -> decoding.advance(new ScriptedDenoiser(0, _ -> MASK)));
  }

  @Test
  void advance_done_isRefused() {
    var decoding = new Decoding(LLADA, Methods.plain().method(), PROMPT);
    run(decoding, llada);

    assertThatIllegalStateException().isThrownBy(() -> decoding.advance(llada));
  }

  @Test
  void advance_dreamOfUnmask_scoresLeftNeighboursAndWidensTheWindow() {
    run(new Decoding(DREAM, Methods.plain().with(new DualCache()).method(), PROMPT), dream);

    assertThat(dream.steps.get(0).scored()).containsExactly(2, 3, 4, 5);
    assertThat(dream.steps.get(1).rows()).containsExactly(2, 3, 4, 5, 6);
  }

  @Test
  void advance_dreamOfD2Cache_shiftsTheWindow() {
    var methods = Methods.plain().with(new DualCache()).with(Compatibility.D2CACHE);
    run(new Decoding(DREAM, methods.method(), PROMPT), dream);

    assertThat(dream.steps.get(1).rows()).containsExactly(2, 3, 4, 5);
  }

  @Test
  void advance_dreamOfFastDllm_opensWithTheFirstPositionAndRanksByEntropy() {
    var methods =
        Methods.plain()
            .with(new FixedSchedule(new Pace.TimeSchedule(8, .001)))
            .with(new DualCache())
            .with(Compatibility.FAST_DLLM);
    var outcomes = run(new Decoding(DREAM, methods.method(), PROMPT), dream);

    assertThat(outcomes.get(0).commits()).extracting(Commit::position).containsExactly(3);
    assertThat(dream.steps.get(0).wanted().confidence()).isEqualTo(Confidence.MAX_PROBABILITY);
    assertThat(dream.steps.get(1).wanted().confidence()).isEqualTo(Confidence.NEGATIVE_ENTROPY);
    assertThat(dream.steps.get(1).rows()).containsExactly(3, 4, 5, 6);
    assertThat(dream.steps.get(1).scored()).containsExactly(3, 4, 5);
  }

  @Test
  void advance_lladaOfFastDllmWithACache_makesAForwardOfAFinishedBlock() {
    var methods = Methods.plain().with(new Threshold(.01)).with(new DualCache());

    var ours = run(new Decoding(LLADA, methods.method(), PROMPT), llada);
    var theirs =
        run(new Decoding(LLADA, methods.with(Compatibility.FAST_DLLM).method(), PROMPT), llada);

    assertThat(ours).hasSize(2);
    assertThat(theirs).hasSize(4);
    assertThat(theirs.get(0).blockFinished()).isFalse();
    assertThat(theirs.get(1).commits()).isEmpty();
    assertThat(theirs.get(1).blockFinished()).isTrue();
  }

  private static List<StepOutcome> run(Decoding decoding, Denoiser denoiser) {
    var outcomes = new ArrayList<StepOutcome>();
    while (!decoding.done()) {
      outcomes.add(decoding.advance(denoiser));
    }
    return outcomes;
  }
}
