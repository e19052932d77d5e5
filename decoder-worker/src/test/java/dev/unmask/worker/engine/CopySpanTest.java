package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.unmask.worker.rows.Predictions;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and values that one canvas takes from another one's slots. */
class CopySpanTest {
  private static final int PROMPT = 64;
  private static final int GENERATION = 32;
  private static final int POSITIONS = PROMPT + GENERATION;

  private final int[] canvas = new Random(5).ints(POSITIONS, 1, 500).toArray();
  private TorchEngine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void copySpan_wholeCanvas_nextStepPredictsTheSameBits(String model) {
    engine = TinyModels.load(model);
    int[] block = predicting();
    try (var first = engine.open(PROMPT, GENERATION);
        var second = engine.open(PROMPT, GENERATION)) {
      first.step(Steps.refresh(canvas, block));
      second.copySpan(0, POSITIONS);
      var computed = first.step(Steps.rows(1, canvas, block, block));
      var copied = second.step(Steps.rows(0, canvas, block, block));
      assertSame(copied, computed);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void copySpan_leadingPositions_equalsThosePositionsComputed(String model) {
    engine = TinyModels.load(model);
    int[] block = predicting();
    int[] rest = Steps.range(32, POSITIONS);
    try (var first = engine.open(PROMPT, GENERATION);
        var second = engine.open(PROMPT, GENERATION)) {
      first.step(Steps.refresh(canvas, block));
      second.copySpan(0, 32);
      var computed = first.step(Steps.rows(1, canvas, rest, block));
      var copied = second.step(Steps.rows(0, canvas, rest, block));
      assertThat(copied.rowsComputed()).isEqualTo(POSITIONS - 32);
      assertSame(copied, computed);
    }
  }

  @Test
  void copySpan_idleRunOfAClosedState_isStillThere() {
    engine = TinyModels.load(TinyModels.LLADA);
    int[] block = predicting();
    engine.pool().retainAtMost(engine.pool().capacity(), 1);
    Predictions computed;
    KvPool.Idle stays;
    try (var first = engine.open(PROMPT, GENERATION)) {
      first.step(Steps.refresh(canvas, block));
      computed = first.step(Steps.rows(1, canvas, block, block));
      var run = new KvPool.Run(0, 2 * POSITIONS);
      stays = engine.pool().retain(run, POSITIONS, _ -> {}).orElseThrow();
    }
    assertThat(engine.pool().used()).isZero();
    try (var second = engine.open(PROMPT, GENERATION)) {
      assertThat(engine.pool().touch(stays)).isTrue();
      second.copySpan(stays.run().start(), stays.run().count());
      assertSame(second.step(Steps.rows(0, canvas, block, block)), computed);
    }
  }

  @Test
  void copySpan_notStoredOrTooLong_isRefused() {
    engine = TinyModels.load(TinyModels.LLADA);
    int[] block = predicting();
    try (var state = engine.open(PROMPT, GENERATION)) {
      assertThatIllegalArgumentException().isThrownBy(() -> state.copySpan(128, POSITIONS + 1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> state.copySpan(engine.pool().capacity() - 31, 32));
      state.step(Steps.refresh(canvas, block));
      assertThatIllegalStateException().isThrownBy(() -> state.copySpan(128, 32));
    }
  }

  private int[] predicting() {
    int shift = engine.traits().predictionShift();
    return Steps.range(PROMPT - shift, POSITIONS - shift);
  }

  private static void assertSame(Predictions actual, Predictions expected) {
    assertThat(actual.tokens()).isEqualTo(expected.tokens());
    assertThat(actual.confidences()).isEqualTo(expected.confidences());
  }
}
