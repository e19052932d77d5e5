package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Wino;
import org.junit.jupiter.api.Test;

/** Canvases of 2 + 8 positions in blocks of 4 that another decoding began. */
class ResumedDecodingTest {
  private static final int MASK = 99;
  private static final ModelTraits LLADA = new ModelTraits(MASK, 98, 0);
  private static final int[] PROMPT = {1, 2};

  private final ScriptedDenoiser says = new ScriptedDenoiser(0, position -> 10 + position);

  @Test
  void next_insideABlock_goesOnWithItsPlanAndNumber() {
    var schedule = Methods.plain().with(new FixedSchedule(new Pace.Steps(4)));
    var decoding =
        resumed(schedule, new Resumption(1, 3, 1, told(12, 13, 14, 15, 5, 6, MASK, MASK)));
    assertThat(decoding.finishedBlocks()).isEqualTo(1);
    var outcome = decoding.advance(says);
    assertThat(outcome.step()).isEqualTo(3);
    assertThat(outcome.commits()).hasSize(2);
    assertThat(decoding.done()).isTrue();
    assertThat(decoding.canvas()).containsExactly(1, 2, 12, 13, 14, 15, 5, 6, 18, 19);
  }

  @Test
  void next_blockToldWhole_goesOnWithTheNextOne() {
    var there = new Resumption(0, 4, 4, told(12, 13, 14, 15, MASK, MASK, MASK, MASK));
    var decoding = resumed(Methods.plain(), there);
    assertThat(decoding.finishedBlocks()).isEqualTo(1);
    assertThat(decoding.finishedEnd()).isEqualTo(6);
    assertThat(decoding.advance(says).block()).isEqualTo(1);
  }

  @Test
  void next_allTold_isDone() {
    var there = new Resumption(1, 8, 4, told(12, 13, 14, 15, 16, 17, 18, 19));
    var decoding = resumed(Methods.plain(), there);
    assertThat(decoding.done()).isTrue();
    assertThat(decoding.finishReason()).contains(FinishReason.LENGTH);
    assertThat(decoding.committed()).isEqualTo(8);
  }

  @Test
  void advance_wino_neverTakesBackWhatWasTold() {
    var wino = Methods.plain().with(new Wino(.01, 1, 1));
    var there = new Resumption(0, 1, 1, told(12, 13, MASK, MASK, MASK, MASK, MASK, MASK));
    var decoding = resumed(wino, there);
    new Watch(LLADA, wino.method(), decoding).run(says.verified((_, _) -> .1));
    assertThat(decoding.canvas()).startsWith(1, 2, 12, 13);
  }

  @Test
  void next_cacheOfIntervals_refreshesFirst() {
    var cached = Methods.plain().with(new DllmCache(4, 3, .5));
    var there = new Resumption(0, 1, 1, told(12, MASK, MASK, MASK, MASK, MASK, MASK, MASK));
    assertThat(resumed(cached, there).next().mechanism())
        .isInstanceOfSatisfying(
            Mechanism.LayerRefresh.class,
            all -> assertThat(all.prompt() && all.response()).isTrue());
  }

  private static int[] told(int... generated) {
    int[] canvas = new int[PROMPT.length + generated.length];
    System.arraycopy(PROMPT, 0, canvas, 0, PROMPT.length);
    System.arraycopy(generated, 0, canvas, PROMPT.length, generated.length);
    return canvas;
  }

  private static Decoding resumed(Methods methods, Resumption there) {
    return new Decoding(LLADA, methods.method(), Outset.of(PROMPT).from(there));
  }
}
