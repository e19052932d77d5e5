package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How much of the pool a request reserves, by its method. */
class PositionsTest {
  private static final int PROMPT = 10;
  private static final int GENERATION = 16;
  private static final int BLOCK = 8;
  private static final int CANVAS = PROMPT + GENERATION;

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
  void positions_plainCaches_areTheCanvas() {
    assertThat(positions(new Threshold(0.9), new DualCache())).isEqualTo(CANVAS);
    assertThat(positions(new Threshold(0.9), new NoCache())).isEqualTo(CANVAS);
  }

  @Test
  void positions_rowsBesideTheCanvas_haveRoom() {
    int beside = CANVAS + BLOCK + 1;
    assertThat(positions(new Threshold(0.9), new SparseDllm(0.5, 3, 1))).isEqualTo(beside);
    assertThat(positions(new Wino(0.6, 0.9, 1), new NoCache())).isEqualTo(beside);
  }

  @Test
  void positions_keptBesideAStoredCanvas_haveRoom() {
    int kept = (CANVAS - BLOCK) / 2;
    assertThat(positions(new Threshold(0.9), new SparseDllm(0.5, 3, 1, 2)))
        .isEqualTo(CANVAS + kept + BLOCK + 1);
  }

  @Test
  void positions_layersOutputsKept_haveRoom() {
    var shape = engine.shape();
    int outputs = CANVAS * shape.hidden() / (shape.kvHeads() * shape.headSize());
    assertThat(positions(new Threshold(0.9), new DllmCache(4, 2, 0.25)))
        .isEqualTo(CANVAS + outputs);
  }

  @Test
  void positions_distributionsKept_areReservedFor() {
    long kept = 4L * GENERATION * engine.shape().vocabulary();
    int outside = (int) Math.ceilDiv(kept, engine.pageLayout().positionBytes());
    assertThat(outside).isPositive();
    assertThat(positions(new Klass(0.01, 2, 0.9, 1), new NoCache())).isEqualTo(CANVAS + outside);
    var guided = method(new Threshold(0.9), new DualCache(), Optional.of(new Guidance(1, 1)));
    assertThat(engine.positions(PROMPT, guided)).isEqualTo(2 * CANVAS + outside);
  }

  @Test
  void open_runTooShort_isRefused() {
    var method = method(new Threshold(0.9), new DualCache(), Optional.empty());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> engine.open(new KvPool.Run(0, CANVAS - 1), PROMPT, method))
        .withMessageContaining(CANVAS + " are needed");
  }

  private static int positions(UnmaskPolicy unmask, CachePolicy cache) {
    return engine.positions(PROMPT, method(unmask, cache, Optional.empty()));
  }

  private static Method method(
      UnmaskPolicy unmask, CachePolicy cache, Optional<Guidance> guidance) {
    return new Method(
        GENERATION,
        BLOCK,
        unmask,
        cache,
        Scoring.GREEDY,
        guidance,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
