package dev.unmask.bench.simulation.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.worker.engine.RequestState;
import dev.unmask.worker.engine.SharedState;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.scoring.Confidence;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScriptedEngineTest {
  private static final int MASK = 99;
  private static final int PROMPT = 4;
  private static final int GENERATION = 4;

  private final ScriptedEngine engine =
      new ScriptedEngine(
          new Script(100, 90, 95), new ModelTraits(MASK, 95, 0), 256, _ -> {}, _ -> {});

  private RequestState open() {
    return engine.open(PROMPT, Method.standard(GENERATION));
  }

  /** The canvas 0 1 2 3 M M M M, or with a token of 5 at position 4; the masks are scored. */
  private static Step step(int number, int first, int... known) {
    int[] rows = IntStream.range(first, PROMPT + GENERATION).toArray();
    int[] tokens =
        IntStream.of(rows)
            .map(row ->
                row < PROMPT ? row : row - PROMPT < known.length ? known[row - PROMPT] : MASK)
            .toArray();
    int[] scored = IntStream.range(PROMPT + known.length, PROMPT + GENERATION).toArray();
    var wanted = Wanted.of(Confidence.MAX_PROBABILITY, Scoring.GREEDY.sampling());
    return Step.overwriting(number, rows, tokens, scored, wanted);
  }

  @Test
  void step_rowsAttendToAHole_breaksI4() {
    try (var state = open()) {
      assertThatThrownBy(() -> state.step(step(0, PROMPT)))
          .isInstanceOf(BrokenInvariant.class)
          .hasMessageContaining("I4");
    }
  }

  @Test
  void step_tokenWhereNoRowWasScored_breaksI3() {
    try (var state = open()) {
      var first = step(0, 0);
      state.step(
          Step.overwriting(0, first.rows(), first.tokens(), new int[] {6, 7}, first.wanted()));
      assertThatThrownBy(() -> state.step(step(1, PROMPT, 5)))
          .isInstanceOf(BrokenInvariant.class)
          .hasMessageContaining("I3");
    }
  }

  @Test
  void step_tokenChanges_breaksI1() {
    try (var state = open()) {
      state.step(step(0, 0));
      state.step(step(1, PROMPT, 5));
      assertThatThrownBy(() -> state.step(step(2, PROMPT, 6)))
          .isInstanceOf(BrokenInvariant.class)
          .hasMessageContaining("I1");
    }
  }

  @Test
  void restore_exportedForward_predictsTheSame() {
    try (var state = (SharedState) open();
        var other = (SharedState) open()) {
      var computed = state.step(step(0, 0));
      try (var forward = state.export(PROMPT + GENERATION)) {
        other.restore(forward);
      }
      assertThat(other.step(step(0, 0)).tokens()).isEqualTo(computed.tokens());
      assertThat(other.step(step(1, PROMPT, 5)).tokens())
          .isEqualTo(state.step(step(1, PROMPT, 5)).tokens());
    }
  }

  @Test
  void step_anothersKeysInItsRun_predictsOtherwise() {
    try (var state = open()) {
      state.step(step(0, 0));
      try (var same = open()) {
        same.step(step(0, 0));
        engine.overwrite(1);
        assertThat(state.step(step(1, PROMPT, 5)).tokens())
            .isNotEqualTo(same.step(step(1, PROMPT, 5)).tokens());
      }
    }
  }
}
