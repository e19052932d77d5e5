package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.Threshold;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a first forward retained, as pages that list their positions, and back. */
class RetainedForwardTest {
  private static final int PROMPT = 91;
  private static final int GENERATION = 32;
  private static final int POSITIONS = PROMPT + GENERATION;
  private static final int KEPT = 75;
  private static final Method METHOD =
      new Method(
          GENERATION,
          8,
          new Threshold(.5),
          new SparseDllm(.4, 3, 0),
          Scoring.GREEDY,
          Optional.empty(),
          EndOfSequenceRule.DECODE_ALL,
          Compatibility.UNMASK);

  private TorchEngine engine;

  @AfterEach
  void close() {
    engine.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void restoreRetained_nextSteps_predictTheSameBits(String model) {
    engine = TinyModels.load(model);
    int[] canvas = canvas();
    try (var computing = engine.open(PROMPT, GENERATION);
        var fetching = engine.open(PROMPT, GENERATION)) {
      var computed = computing.step(first(canvas));
      try (var forward = computing.exportRetained()) {
        fetching.restoreRetained(forward);
      }
      var fetched = fetching.step(first(canvas));
      assertThat(fetched.rowsComputed()).isZero();
      assertThat(fetched.tokens()).isEqualTo(computed.tokens());
      assertThat(fetched.confidences()).isEqualTo(computed.confidences());
      assertThat(fetching.chosen()).isDeepEqualTo(computing.chosen());
      canvas[PROMPT + 2] = 99;
      var one = computing.step(second(canvas));
      var other = fetching.step(second(canvas));
      assertThat(other.tokens()).isEqualTo(one.tokens());
      assertThat(other.confidences()).isEqualTo(one.confidences());
      assertThat(other.rowsComputed()).isEqualTo(block().length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void restoreRetained_wholeAnswer_isTheSame(String model) {
    engine = TinyModels.load(model);
    int[] prompt = Arrays.copyOf(canvas(), PROMPT);
    try (var computing = (ModelState) engine.open(PROMPT, METHOD);
        var fetching = (ModelState) engine.open(PROMPT, METHOD)) {
      var computed = new Decoding(engine.traits(), METHOD, prompt);
      var fetched = new Decoding(engine.traits(), METHOD, prompt);
      var first = computed.advance(computing);
      try (var forward = computing.exportRetained()) {
        fetching.restoreRetained(forward);
      }
      assertThat(fetched.advance(fetching).commits()).isEqualTo(first.commits());
      while (!computed.done()) {
        assertThat(fetched.advance(fetching)).isEqualTo(computed.advance(computing));
      }
      assertThat(fetched.canvas()).isEqualTo(computed.canvas());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = TinyModels.LLADA)
  void exportRetained_pages_holdKeptEntriesAndSayWhich(String model) {
    engine = TinyModels.load(model);
    try (var retaining = engine.open(PROMPT, GENERATION);
        var whole = engine.open(PROMPT, GENERATION)) {
      retaining.step(first(canvas()));
      whole.step(Steps.with(first(canvas()), new Mechanism.Overwrite(false)));
      int[][] chosen = retaining.chosen();
      try (var kept = retaining.exportRetained();
          var all = whole.export(POSITIONS)) {
        assertThat(kept.spans()).isEqualTo(3);
        assertThat(RetainedForward.positions(kept, POSITIONS)).isDeepEqualTo(chosen);
        assertThat(kept.layout().layerBytes(KEPT))
            .isLessThan(all.layout().layerBytes(POSITIONS) * 2 / 3);
        try (var plain = RetainedForward.plain(kept, engine.pageLayout())) {
          for (int layer = 0; layer < chosen.length; layer++) {
            for (int i = 0; i < KEPT; i++) {
              assertThat(key(plain, layer, i)).isEqualTo(key(all, layer, chosen[layer][i]));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = TinyModels.LLADA)
  void restoreRetained_whatTheCanvasCannotHave_isRefused(String model) {
    engine = TinyModels.load(model);
    try (var computing = engine.open(PROMPT, GENERATION);
        var fetching = engine.open(PROMPT, GENERATION)) {
      assertThatIllegalStateException().isThrownBy(computing::exportRetained);
      computing.step(first(canvas()));
      try (var forward = computing.exportRetained()) {
        assertThatIllegalArgumentException().isThrownBy(() -> fetching.restore(forward));
        assertThatIllegalStateException().isThrownBy(() -> computing.restoreRetained(forward));
        forward.page(1, 2).putInt(0, POSITIONS);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> fetching.restoreRetained(forward))
            .withMessageContaining("position " + POSITIONS);
      }
      computing.step(second(canvas()));
      assertThatIllegalStateException().isThrownBy(computing::exportRetained);
      fetching.step(Steps.with(first(canvas()), new Mechanism.Overwrite(false)));
      assertThatIllegalStateException().isThrownBy(fetching::exportRetained);
    }
  }

  /** Key of the first head. */
  private float[] key(StoredForward forward, int layer, int entry) {
    var page = forward.page(layer, entry / 32);
    int size = engine.pageLayout().headSize();
    var key = new float[size];
    page.position(entry % 32 * size * Float.BYTES);
    page.asFloatBuffer().get(key);
    return key;
  }

  private Step first(int[] canvas) {
    int[] block = block();
    int end = block[block.length - 1] + 1;
    return Steps.with(Steps.refresh(canvas, block), new Mechanism.Retain(block[0], end, KEPT, 3));
  }

  private Step second(int[] canvas) {
    return Steps.with(Steps.rows(1, canvas, block(), block()), new Mechanism.Retained());
  }

  private int[] block() {
    int shift = engine.traits().predictionShift();
    return Steps.range(PROMPT - shift, PROMPT + 8);
  }

  private int[] canvas() {
    var random = new Random(20261122);
    int mask = engine.traits().maskToken();
    return IntStream.range(0, POSITIONS)
        .map(i -> i < PROMPT ? random.nextInt(mask) : mask)
        .toArray();
  }
}
