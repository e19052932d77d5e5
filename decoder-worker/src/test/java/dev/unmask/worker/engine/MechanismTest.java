package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Threshold;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What mechanisms leave for later steps, and what they refuse to go without. */
class MechanismTest {
  private static final int PROMPT = 9;
  private static final int GENERATION = 8;
  private static final int POSITIONS = PROMPT + GENERATION;
  private static final int[] BLOCK = Steps.range(PROMPT, PROMPT + 4);
  private static final Mechanism FRESH = new Mechanism.Fresh();

  private static TorchEngine engine;

  @BeforeAll
  static void load() {
    engine = TinyModels.load(TinyModels.LLADA);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void retained_nothingRetained_isRefused() {
    try (var state = open()) {
      state.step(refresh(canvas(), FRESH));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.step(block(canvas(), new Mechanism.Retained())))
          .withMessageContaining("nothing was retained");
    }
  }

  @Test
  void retained_everythingKept_equalsAFullStep() {
    try (var state = open()) {
      var full = state.step(refresh(canvas(), FRESH));
      int others = POSITIONS - BLOCK.length;
      state.step(refresh(canvas(), new Mechanism.Retain(BLOCK[0], PROMPT + 4, others, 3)));
      assertClose(state.step(block(canvas(), new Mechanism.Retained())), full);
    }
  }

  @Test
  void retained_nothingKept_isTheBlockAlone() {
    try (var state = open()) {
      state.step(refresh(canvas(), new Mechanism.Retain(BLOCK[0], PROMPT + 4, 0, 3)));
      assertThat(Arrays.stream(state.chosen())).hasSize(4).allMatch(layer -> layer.length == 0);
      int[] otherPrompt = canvas();
      Arrays.fill(otherPrompt, 0, PROMPT, 5);
      var one = state.step(block(canvas(), new Mechanism.Retained()));
      var other = state.step(block(otherPrompt, new Mechanism.Retained()));
      assertThat(other.confidences()).isEqualTo(one.confidences());
    }
  }

  @Test
  void retain_spanIsTheWholeCanvas_keepsNothing() {
    try (var state = open()) {
      var full = state.step(refresh(canvas(), FRESH));
      var retain = new Mechanism.Retain(0, POSITIONS, 0, 3);
      assertClose(state.step(refresh(canvas(), retain)), full);
      int[] all = Steps.range(0, POSITIONS);
      var retained = Steps.with(Steps.rows(2, canvas(), all, BLOCK), new Mechanism.Retained());
      assertClose(state.step(retained), full);
    }
  }

  @Test
  void retain_again_dropsWhatWasKept() {
    try (var state = open()) {
      state.step(refresh(canvas(), new Mechanism.Retain(BLOCK[0], PROMPT + 4, 5, 3)));
      var changed = canvas();
      changed[2] = 77;
      state.step(refresh(changed, new Mechanism.Retain(BLOCK[0], PROMPT + 4, 13, 3)));
      assertClose(
          state.step(block(changed, new Mechanism.Retained())),
          state.step(refresh(changed, FRESH)));
    }
  }

  @Test
  void retain_besideAStoredCanvas_choosesAmongAllOfIt() {
    try (var state = open()) {
      var full = state.step(refresh(canvas(), new Mechanism.Overwrite(false)));
      var retain = new Mechanism.Retain(BLOCK[0], PROMPT + 4, POSITIONS - BLOCK.length, 3, true);
      int[] response = Steps.range(BLOCK[0], POSITIONS);
      var again = Steps.with(Steps.rows(1, canvas(), response, BLOCK), retain);
      assertClose(state.step(again), full);
      assertClose(state.step(block(canvas(), new Mechanism.Retained())), full);
      // The canvas is still there, and what was retained is not in its way.
      var changed = canvas();
      changed[PROMPT + 1] = 99;
      var later = state.step(block(changed, new Mechanism.Retained()));
      assertClose(state.step(block(changed, new Mechanism.Overwrite(false))), later);
    }
  }

  @Test
  void retain_besideACanvasThatIsNotStored_isRefused() {
    try (var state = open()) {
      var retain = new Mechanism.Retain(BLOCK[0], PROMPT + 4, 3, 3, true);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.step(block(canvas(), retain)))
          .withMessageContaining("not stored");
    }
  }

  @Test
  void layerRefresh_nothingStored_isRefused() {
    for (boolean prompt : new boolean[] {true, false}) {
      try (var state = open()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> state.step(refresh(canvas(), layers(prompt, !prompt))))
            .withMessageContaining("not stored");
      }
    }
  }

  @Test
  void layerRefresh_keysStoredByAnotherMechanism_isRefused() {
    try (var state = open()) {
      state.step(refresh(canvas(), new Mechanism.Overwrite(false)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.step(refresh(canvas(), layers(false, false))))
          .withMessageContaining("not stored");
    }
  }

  @Test
  void layerRefresh_nothingChanged_equalsTheFullStep() {
    try (var state = open()) {
      var full = state.step(refresh(canvas(), layers(true, true)));
      assertClose(state.step(refresh(canvas(), layers(false, false))), full);
      assertClose(state.step(refresh(canvas(), layers(true, false))), full);
      assertClose(state.step(refresh(canvas(), FRESH)), full);
    }
  }

  @Test
  void layerRefresh_everythingMoved_equalsTheResponsesRefresh() {
    var changed = canvas();
    changed[PROMPT + 1] = 30;
    try (var state = open();
        var other = open()) {
      state.step(refresh(canvas(), layers(true, true)));
      other.step(refresh(canvas(), layers(true, true)));
      var all = new Mechanism.LayerRefresh(PROMPT, false, false, OptionalInt.of(GENERATION));
      assertClose(
          state.step(refresh(changed, all)), other.step(refresh(changed, layers(false, true))));
    }
  }

  @Test
  void fullMechanisms_someRows_areRefused() {
    for (var mechanism :
        new Mechanism[] {
          FRESH, layers(true, true), new Mechanism.Retain(9, 13, 4, 3), new Mechanism.Shadow(9, 13)
        }) {
      try (var state = open()) {
        assertThatIllegalArgumentException()
            .as("%s", mechanism)
            .isThrownBy(() -> state.step(block(canvas(), mechanism)))
            .withMessageContaining("computes 4 of 17 rows");
      }
    }
  }

  @Test
  void shadow_anySpan_leavesTheCanvasAsItIs() {
    try (var state = open()) {
      var full = state.step(refresh(canvas(), FRESH));
      assertClose(state.step(refresh(canvas(), new Mechanism.Shadow(9, 13))), full);
      assertClose(state.step(refresh(canvas(), new Mechanism.Shadow(12, 17))), full);
    }
  }

  @Test
  void rollout_probed_changesNoPrediction() {
    try (var state = open()) {
      var plain = state.step(refresh(canvas(), new Mechanism.Overwrite(false)));
      var probed = state.step(refresh(canvas(), new Mechanism.Overwrite(true)));
      assertClose(probed, plain);
      assertThat(plain.importance()).isEmpty();
      double sum = 0;
      for (float share : probed.importance()) {
        assertThat(share).isPositive();
        sum += share;
      }
      // Every row hands on what it has, so nothing is lost.
      assertThat(sum).isCloseTo(POSITIONS, within(1e-3));
    }
  }

  @Test
  void guided_firstStepWithoutItsOtherHalf_isRefused() {
    try (var state = engine.open(PROMPT, guided(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.step(refresh(canvas(), FRESH)))
          .withMessageContaining("nothing to go by");
    }
  }

  @Test
  void guided_canvasWithoutItsPrompt_isMovedNowhere() {
    int[] masks = new int[POSITIONS];
    Arrays.fill(masks, engine.traits().maskToken());
    try (var guided = engine.open(PROMPT, guided(3));
        var plain = open()) {
      assertClose(guided.step(both(refresh(masks, FRESH))), plain.step(refresh(masks, FRESH)));
    }
  }

  @Test
  void guided_differenceTakenAgain_movesAsBefore() {
    try (var state = engine.open(PROMPT, guided(1))) {
      var computed = state.step(both(refresh(canvas(), FRESH)));
      var again = state.step(refresh(canvas(), FRESH));
      assertClose(again, computed);
      assertThat(computed.rowsComputed()).isEqualTo(2 * POSITIONS);
      assertThat(again.rowsComputed()).isEqualTo(POSITIONS);
    }
  }

  private static Step both(Step step) {
    return new Step(
        step.number(),
        step.rows(),
        step.tokens(),
        step.mechanism(),
        step.scored(),
        step.verified(),
        step.wanted(),
        Optional.of(step.mechanism()));
  }

  private static Method guided(double scale) {
    return new Method(
        GENERATION,
        GENERATION,
        new Threshold(.9),
        new NoCache(),
        Scoring.GREEDY,
        Optional.of(new Guidance(scale, 1)),
        EndOfSequenceRule.STOP,
        Compatibility.UNMASK);
  }

  private static Mechanism layers(boolean prompt, boolean response) {
    return new Mechanism.LayerRefresh(PROMPT, prompt, response, OptionalInt.empty());
  }

  private static ModelState open() {
    return engine.open(PROMPT, GENERATION);
  }

  private static Step refresh(int[] canvas, Mechanism mechanism) {
    return Steps.with(Steps.refresh(canvas, BLOCK), mechanism);
  }

  private static Step block(int[] canvas, Mechanism mechanism) {
    return Steps.with(Steps.rows(1, canvas, BLOCK, BLOCK), mechanism);
  }

  private static int[] canvas() {
    var random = new Random(20261122);
    int mask = engine.traits().maskToken();
    return IntStream.range(0, POSITIONS)
        .map(i -> i < PROMPT ? random.nextInt(mask) : mask)
        .toArray();
  }

  private static void assertClose(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    for (int i = 0; i < expected.confidences().length; i++) {
      assertThat(actual.confidences()[i]).isCloseTo(expected.confidences()[i], within(1e-4f));
    }
  }
}
