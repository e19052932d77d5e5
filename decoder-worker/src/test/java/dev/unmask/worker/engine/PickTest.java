package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import dev.unmask.worker.engine.program.ProgramCall;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choice of tokens from given logits, against plain arithmetic and against chance. */
class PickTest {
  private static final int VOCABULARY = 512;
  private static final int MASK = 511;

  /** In the order of the program's numbers. */
  private static final List<Confidence> MODELLED =
      List.of(Confidence.MAX_PROBABILITY, Confidence.MARGIN, Confidence.NEGATIVE_ENTROPY);

  private static final long[] NONE = {};

  private static TorchEngine engine;

  @BeforeAll
  static void load() {
    engine = TinyModels.load(TinyModels.LLADA);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 0",
    "0, 0.9, 0",
    "0, 0.3, 0",
    "0, 1, 5",
    "0, 0.9, 3",
    "0.7, 1, 0",
    "0.7, 0.9, 0",
    "1.3, 0.8, 10",
    "0, 1e-9, 0",
    "0, 1, 512"
  })
  void pick_filters_matchesPlainArithmetic(double temperature, double topP, int topK) {
    float[][] logits = randomLogits(16, 3);
    var sampling = new Sampling(temperature, topP, topK, 11);
    for (var confidence : MODELLED) {
      var picked = pick(logits, sampling, 0, confidence, Steps.range(0, 16));
      for (int row = 0; row < logits.length; row++) {
        double[] share = PlainSampling.share(logits[row], sampling);
        assertThat(share[picked.tokens()[row]]).as("chosen token is kept").isPositive();
        if (temperature == 0) {
          assertThat(picked.tokens()[row]).isEqualTo(PlainSampling.best(share));
        }
        double expected = PlainSampling.confidence(share, picked.tokens()[row], confidence);
        assertThat((double) picked.confidences()[row]).isCloseTo(expected, within(2e-5));
      }
    }
  }

  @Test
  void pick_maskIsMostProbable_choosesTheNextBest() {
    float[][] logits = randomLogits(4, 5);
    for (float[] row : logits) {
      row[MASK] = 40;
      row[123] = 30;
    }
    for (var sampling : new Sampling[] {Sampling.GREEDY, new Sampling(0, 0.5, 1, 0)}) {
      var picked = pick(logits, sampling, 0, Confidence.MAX_PROBABILITY, Steps.range(0, 4));
      assertThat(picked.tokens()).containsOnly(123);
    }
  }

  @Test
  void pick_equalLogits_choosesTheLowestId() {
    float[][] logits = new float[1][VOCABULARY];
    logits[0][40] = 3;
    logits[0][90] = 3;
    var picked = pick(logits, Sampling.GREEDY, 0, Confidence.MARGIN, new int[] {0});
    assertThat(picked.tokens()).containsExactly(40);
    assertThat(picked.confidences()).containsExactly(0);
  }

  @Test
  void pick_sameSeed_drawsTheSameInAnyCompany() {
    float[][] logits = randomLogits(8, 6);
    var sampling = new Sampling(1, 1, 0, 4711);
    int[] positions = {3, 5, 8, 13, 21, 34, 55, 89};
    var all = pick(logits, sampling, 2, Confidence.MAX_PROBABILITY, positions);
    for (int row = 0; row < logits.length; row++) {
      var alone =
          pick(
              new float[][] {logits[row]},
              sampling,
              2,
              Confidence.MAX_PROBABILITY,
              new int[] {positions[row]});
      assertThat(alone.tokens()[0]).isEqualTo(all.tokens()[row]);
      assertThat(alone.confidences()[0]).isEqualTo(all.confidences()[row]);
    }
  }

  @Test
  void pick_otherSeedStepOrPosition_drawsOtherTokens() {
    float[][] flat = new float[64][VOCABULARY];
    int[] positions = Steps.range(0, 64);
    var base = draw(flat, 1, 1, positions);
    assertThat(draw(flat, 1, 1, positions)).isEqualTo(base);
    assertThat(agreement(base, draw(flat, 2, 1, positions))).isLessThan(5);
    assertThat(agreement(base, draw(flat, 1, 2, positions))).isLessThan(5);
    assertThat(agreement(base, draw(flat, 1, 1, Steps.range(64, 128)))).isLessThan(5);
    assertThat(Arrays.stream(base).distinct().count()).isGreaterThan(50);
  }

  @Test
  void pick_manyDraws_followTheDistribution() {
    float[] row = new float[VOCABULARY];
    Arrays.fill(row, -100);
    double[] share = {0.5, 0.25, 0.15, 0.1};
    for (int token = 0; token < share.length; token++) {
      row[token * 7] = (float) Math.log(share[token]);
    }
    int draws = 4000;
    float[][] logits = IntStream.range(0, draws).mapToObj(i -> row).toArray(float[][]::new);
    int[] drawn = draw(logits, 77, 5, Steps.range(0, draws));
    for (int token = 0; token < share.length; token++) {
      int id = token * 7;
      double seen = Arrays.stream(drawn).filter(t -> t == id).count() / (double) draws;
      assertThat(seen).isCloseTo(share[token], within(0.035));
    }
  }

  private static int[] draw(float[][] logits, long seed, int step, int[] positions) {
    var sampling = new Sampling(1, 1, 0, seed);
    return pick(logits, sampling, step, Confidence.MAX_PROBABILITY, positions).tokens();
  }

  private static long agreement(int[] one, int[] other) {
    return IntStream.range(0, one.length).filter(i -> one[i] == other[i]).count();
  }

  private static float[][] randomLogits(int rows, long seed) {
    var random = new Random(seed);
    float[][] logits = new float[rows][VOCABULARY];
    for (float[] row : logits) {
      for (int token = 0; token < MASK; token++) {
        row[token] = (float) (3 * random.nextGaussian());
      }
      row[MASK] = -20;
    }
    return logits;
  }

  private static Predictions pick(
      float[][] logits, Sampling sampling, int step, Confidence confidence, int[] positions) {
    var buffer =
        ByteBuffer.allocateDirect(logits.length * VOCABULARY * Float.BYTES)
            .order(ByteOrder.nativeOrder());
    for (float[] row : logits) {
      buffer.asFloatBuffer().put(row);
      buffer.position(buffer.position() + VOCABULARY * Float.BYTES);
    }
    try (var reshape = engine.program().call("take_hidden");
        var call = engine.program().call("choose")) {
      reshape.bytes(buffer.flip(), DataType.FLOAT32).number(VOCABULARY);
      try (var rows = reshape.run()) {
        call.value(rows).vector(describe(positions, sampling.seed(), step));
        call.numbers(sampling.temperature(), sampling.topP(), 0);
        call.numbers(sampling.topK(), MODELLED.indexOf(confidence), 0);
        return answer(call.numbers(NONE).numbers(NONE).list(List.of()).list(List.of()));
      }
    }
  }

  /** Index, position, seed, step and place of each row. */
  private static long[] describe(int[] positions, long seed, int step) {
    int count = positions.length;
    long[] numbers = new long[5 * count];
    for (int i = 0; i < count; i++) {
      numbers[count + i] = positions[i];
      numbers[2 * count + i] = seed;
      numbers[3 * count + i] = step;
    }
    return numbers;
  }

  private static Predictions answer(ProgramCall call) {
    float[] all = call.tensor().toFloatArray();
    int count = all.length / 3;
    int[] tokens = IntStream.range(0, count).map(i -> (int) all[i]).toArray();
    return Predictions.of(tokens, Arrays.copyOfRange(all, count, 2 * count), count);
  }
}
