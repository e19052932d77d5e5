package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.rows.Predictions;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cached and uncached steps, and forwards that are stored and restored. */
class ModelStateTest {
  private static final int PROMPT = 45;
  private static final int GENERATION = 32;
  private static final int POSITIONS = PROMPT + GENERATION;

  private TorchEngine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_nothingChanged_equalsTheRefresh(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(1);
    int[] block = predicting();
    try (var state = engine.open(PROMPT, GENERATION)) {
      var full = state.step(Steps.refresh(canvas, block));
      var cached = state.step(Steps.rows(1, canvas, block, block));
      assertThat(cached.rowsComputed()).isEqualTo(GENERATION);
      assertClose(cached, full);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_scatteredRows_overwritesExactlyThose(String model) {
    engine = TinyModels.load(model);
    int[] before = canvas(2);
    int[] rows = {3, 7, 20, PROMPT + 1, PROMPT + 9};
    int[] after = before.clone();
    Arrays.stream(rows).forEach(row -> after[row] = 17);
    int[] scored = {PROMPT + 1, PROMPT + 9};
    try (var state = engine.open(PROMPT, GENERATION)) {
      var full = state.step(Steps.refresh(before, scored));
      var unchanged = state.step(Steps.rows(1, before, rows, scored));
      var changed = state.step(Steps.rows(2, after, rows, scored));
      var changedBack = state.step(Steps.rows(3, before, rows, scored));
      assertClose(unchanged, full);
      assertThat(changed.confidences()).isNotEqualTo(unchanged.confidences());
      assertSame(changedBack, unchanged);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_restoredForward_predictsTheSameBits(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(3);
    int[] block = predicting();
    int[] committed = canvas.clone();
    committed[PROMPT + 4] = 99;
    try (var first = engine.open(PROMPT, GENERATION);
        var second = engine.open(PROMPT, GENERATION)) {
      var computed = first.step(Steps.refresh(canvas, block));
      try (var forward = copy(first, POSITIONS)) {
        second.restore(forward);
      }
      var fetched = second.step(Steps.refresh(canvas, block));
      assertThat(fetched.rowsComputed()).isZero();
      assertSame(fetched, computed);
      assertSame(
          second.step(Steps.rows(1, committed, block, block)),
          first.step(Steps.rows(1, committed, block, block)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, PROMPT, 64})
  void step_partlyRestored_predictsTheSameBits(int positions) {
    engine = TinyModels.load(TinyModels.LLADA);
    int[] canvas = canvas(4);
    int[] block = predicting();
    int[] rest = Steps.range(positions, POSITIONS);
    try (var first = engine.open(PROMPT, GENERATION);
        var second = engine.open(PROMPT, GENERATION)) {
      var computed = first.step(Steps.refresh(canvas, block));
      try (var forward = copy(first, positions)) {
        second.restore(forward);
      }
      assertSame(second.step(Steps.refresh(canvas, block)), computed);
      int[] scored = {POSITIONS - 1};
      assertSame(
          second.step(Steps.rows(1, canvas, rest, scored)),
          first.step(Steps.rows(1, canvas, rest, scored)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_keyNeverStored_isRefused(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(5);
    try (var state = engine.open(PROMPT, GENERATION);
        var source = engine.open(PROMPT, GENERATION)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.step(Steps.rows(0, canvas, predicting(), predicting())))
          .withMessageContaining("position 0");
      source.step(Steps.refresh(canvas, predicting()));
      try (var forward = copy(source, PROMPT)) {
        state.restore(forward);
      }
      state.step(Steps.refresh(canvas, predicting()));
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> state.step(Steps.rows(1, canvas, Steps.range(PROMPT, 60), new int[] {50})))
          .withMessageContaining("position 60");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void export_secondStepMade_isRefused(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas(6);
    try (var state = engine.open(PROMPT, GENERATION)) {
      assertThatIllegalStateException().isThrownBy(() -> state.export(0));
      state.step(Steps.refresh(canvas, predicting()));
      state.step(Steps.refresh(canvas, predicting()));
      assertThatIllegalStateException().isThrownBy(() -> state.export(0));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void open_canvasBeyondTheContext_isRefused(String model) {
    engine = TinyModels.load(model);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.open(500, 13))
        .withMessageContaining("context of 512");
  }

  /** What another worker would have after the pages went over the wire. */
  private static StoredForward copy(ModelState state, int positions) {
    try (var forward = state.export(positions)) {
      var copy = StoredForward.allocate(forward.layout(), positions, GENERATION);
      for (int span = 0; span < forward.spans(); span++) {
        for (int layer = 0; layer < forward.layout().layers(); layer++) {
          copy.page(layer, span).put(forward.page(layer, span));
        }
      }
      copy.predictions().put(forward.predictions());
      return copy;
    }
  }

  private int[] canvas(long seed) {
    var random = new Random(seed);
    int mask = engine.traits().maskToken();
    return IntStream.range(0, POSITIONS)
        .map(i -> i < PROMPT ? random.nextInt(mask) : mask)
        .toArray();
  }

  private int[] predicting() {
    int shift = engine.traits().predictionShift();
    return Steps.range(PROMPT - shift, POSITIONS - shift);
  }

  private static void assertClose(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    for (int i = 0; i < expected.confidences().length; i++) {
      assertThat(actual.confidences()[i]).isCloseTo(expected.confidences()[i], within(1e-5f));
    }
  }

  private static void assertSame(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.confidences()).isEqualTo(expected.confidences());
  }
}
