package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.types.DataType;
import dev.unmask.worker.engine.program.Processor;
import dev.unmask.worker.engine.program.WeightType;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Mechanism;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Narrow weights beside exact ones, where the processor has the instructions. */
class WeightTypeTest {
  private static final int PROMPT = 40;
  private static final int GENERATION = 32;
  private static final int POSITIONS = PROMPT + GENERATION;

  /** Product of the first layer that makes gates and ups. */
  private static final int GATE_UP = 2;

  @ParameterizedTest
  @CsvSource({
    "BFLOAT16, tiny-llada",
    "BFLOAT16, tiny-dream",
    "INT8, tiny-llada",
    "INT8, tiny-dream"
  })
  void step_narrowWeights_staysNearExactOnes(WeightType type, String model) {
    try (var exact = TinyModels.load(model);
        var engine = load(model, type);
        var reference = exact.open(PROMPT, GENERATION);
        var state = engine.open(PROMPT, GENERATION)) {
      int[] canvas = new int[POSITIONS];
      Arrays.setAll(canvas, i -> i < PROMPT ? 7 * i : engine.traits().maskToken());
      int shift = engine.traits().predictionShift();
      int[] scored = Steps.range(PROMPT - shift, POSITIONS - shift);
      var refresh = Steps.refresh(canvas, scored);
      int[] expected = reference.step(refresh).tokens();
      assertThat(agreement(state.step(refresh).tokens(), expected)).isGreaterThan(GENERATION / 2);
      // Layers that choose rows by their values take these from the same weights.
      var whole = new Mechanism.LayerRefresh(PROMPT, true, true, OptionalInt.empty());
      var moved = new Mechanism.LayerRefresh(PROMPT, false, false, OptionalInt.of(8));
      assertThat(agreement(state.step(Steps.with(refresh, whole)).tokens(), expected))
          .isGreaterThan(GENERATION / 2);
      assertThat(agreement(state.step(Steps.with(refresh, moved)).tokens(), expected))
          .isGreaterThan(GENERATION / 2);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightType.class,
      names = {"BFLOAT16", "INT8"})
  void product_extremeRows_isWithinTheTypesPrecision(WeightType type) {
    try (var exact = TinyModels.load(TinyModels.LLADA);
        var engine = load(TinyModels.LLADA, type)) {
      float[] x = rows(engine.shape().hidden());
      float[] expected = product(exact, x);
      float[] found = product(engine, x);
      int width = expected.length / 4;
      for (int row = 0; row < 4; row++) {
        double error = 0;
        double size = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
          error += Math.pow(found[i] - expected[i], 2);
          size += Math.pow(expected[i], 2);
        }
        assertThat(Math.sqrt(error)).as("row %d", row).isLessThan(0.02 * Math.sqrt(size) + 1e-12);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = WeightType.class,
      names = {"INT8"})
  void product_inCompany_isTheSameToTheBit(WeightType type) {
    try (var engine = load(TinyModels.LLADA, type)) {
      int width = engine.shape().hidden();
      float[] x = rows(width);
      float[] together = product(engine, x);
      for (int row = 0; row < 4; row++) {
        float[] alone = product(engine, Arrays.copyOfRange(x, row * width, (row + 1) * width));
        int from = row * alone.length;
        assertThat(Arrays.copyOfRange(together, from, from + alone.length)).isEqualTo(alone);
      }
    }
  }

  /** Ordinary numbers, all ones, all nothing, and one element that dwarfs the others. */
  private static float[] rows(int width) {
    var random = new Random(5);
    float[] x = new float[4 * width];
    for (int i = 0; i < width; i++) {
      x[i] = (float) random.nextGaussian();
      x[width + i] = 1;
      x[3 * width + i] = i == 3 ? 1000 : (float) random.nextGaussian();
    }
    return x;
  }

  private static float[] product(TorchEngine engine, float[] x) {
    int width = engine.shape().hidden();
    var bytes = ByteBuffer.allocateDirect(x.length * Float.BYTES).order(ByteOrder.nativeOrder());
    bytes.asFloatBuffer().put(x);
    try (var take = engine.program().call("take_hidden");
        var rows = take.bytes(bytes, DataType.FLOAT32).number(width).run();
        var call = engine.program().call("product")) {
      return call.value(rows).number(0).number(GATE_UP).tensor().toFloatArray();
    }
  }

  private static long agreement(int[] one, int[] other) {
    return IntStream.range(0, one.length).filter(i -> one[i] == other[i]).count();
  }

  private static TorchEngine load(String model, WeightType type) {
    assumeTrue(can(type), () -> "this processor cannot " + type);
    try (var checkpoint = Checkpoint.open(TinyModels.folder(model))) {
      return TorchEngine.load(checkpoint, TinyModels.CPU.withWeights(type));
    }
  }

  private static boolean can(WeightType type) {
    try {
      type.require(Processor.here());
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
