package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.engine.program.ComputeType;
import dev.unmask.worker.model.Checkpoint;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arithmetic of GPUs, on a CPU: slower, but the same program and the same crossings. */
class BrainFloatTest {
  private static final int PROMPT = 40;
  private static final int GENERATION = 32;
  private static final int POSITIONS = PROMPT + GENERATION;

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_bfloat16_staysNearFloat32AndRestoresToTheBit(String model) {
    try (var exact = TinyModels.load(model);
        var engine = load(model);
        var reference = exact.open(PROMPT, GENERATION);
        var first = engine.open(PROMPT, GENERATION);
        var second = engine.open(PROMPT, GENERATION)) {
      int[] canvas = new int[POSITIONS];
      Arrays.setAll(canvas, i -> i < PROMPT ? 7 * i : engine.traits().maskToken());
      int shift = engine.traits().predictionShift();
      int[] block = Steps.range(PROMPT - shift, POSITIONS - shift);
      var expected = reference.step(Steps.refresh(canvas, block));
      var computed = first.step(Steps.refresh(canvas, block));
      assertThat(agreement(computed.tokens(), expected.tokens())).isGreaterThan(GENERATION * 3 / 4);
      try (var forward = first.export(POSITIONS)) {
        assertThat(forward.page(0, 0).remaining())
            .isEqualTo(engine.pageLayout().pageBytes(0, POSITIONS));
        second.restore(forward);
      }
      var fetched = second.step(Steps.refresh(canvas, block));
      assertThat(fetched.rowsComputed()).isZero();
      assertThat(fetched.tokens()).isEqualTo(computed.tokens());
      assertThat(fetched.confidences()).isEqualTo(computed.confidences());
      assertThat(second.step(Steps.rows(1, canvas, block, block)).confidences())
          .isEqualTo(first.step(Steps.rows(1, canvas, block, block)).confidences());
    }
  }

  /** Eight bits of mantissa flip a close call now and then; a wrong program agrees on nothing. */
  private static long agreement(int[] one, int[] other) {
    return IntStream.range(0, one.length).filter(i -> one[i] == other[i]).count();
  }

  private static TorchEngine load(String model) {
    try (var checkpoint = Checkpoint.open(TinyModels.folder(model))) {
      return TorchEngine.load(checkpoint, TinyModels.CPU, ComputeType.BFLOAT16);
    }
  }
}
