package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.canvas.Block;
import dev.unmask.worker.canvas.Grid;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Mechanism;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.Factor;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.LeftToRight;
import dev.unmask.worker.unmask.Origin;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.PcSampler;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.Wino;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Follows a decoding from outside, knowing only its steps and outcomes, and holds it to the
 * design's invariants.
 */
final class Watch {
  private final ModelTraits traits;
  private final Method method;
  private final Decoding decoding;
  private final Grid grid;
  private final Map<Integer, Integer> told = new TreeMap<>();
  private final Set<Integer> pinned;
  private final BitSet stored = new BitSet();
  private int retainedIn = -1;
  private int lastBlock;

  Watch(ModelTraits traits, Method method, Decoding decoding) {
    this.traits = traits;
    this.method = method;
    this.decoding = decoding;
    int length = decoding.canvas().length;
    grid =
        traits.causalBlock().isPresent()
            ? Grid.aligned(decoding.promptLength(), method.blockLength(), length)
            : Grid.behind(decoding.promptLength(), method.blockLength(), length);
    told.putAll(canvas());
    pinned = Set.copyOf(told.keySet());
  }

  /** Stored before the first step. */
  Watch with(int positions) {
    stored.set(0, positions);
    return this;
  }

  /** Decodes to the end. */
  void run(Denoiser denoiser) {
    while (!decoding.done()) {
      var step = decoding.next();
      int block = decoding.finishedBlocks();
      int left = left(block);
      int finished = decoding.finishedEnd();
      var outcome = decoding.advance(denoiser);
      assertThat(outcome.step()).isEqualTo(step.number()).isEqualTo(decoding.steps() - 1);
      assertThat(outcome.block())
          .as("blocks in order")
          .isEqualTo(block)
          .isGreaterThanOrEqualTo(lastBlock);
      lastBlock = block;
      commits(step, outcome);
      assertThat(outcome.commits().size() > 0 || mayWait(left) || stores(step))
          .as("I2: a step commits")
          .isTrue();
      assertThat(decoding.finishedEnd()).as("what is final stays").isGreaterThanOrEqualTo(finished);
      keys(step, outcome);
      assertThat(told).as("I1 and I6: the deltas are the canvas").isEqualTo(canvas());
    }
    assertThat(decoding.finishReason()).isPresent();
    complete();
  }

  private void commits(Step step, StepOutcome outcome) {
    for (var commit : outcome.commits()) {
      assertThat(told.put(commit.position(), commit.token())).as("I1: committed once").isNull();
      assertThat(commit.token()).isNotEqualTo(traits.maskToken());
      assertThat(Arrays.binarySearch(step.scored(), commit.position() - traits.predictionShift()))
          .as("I3: %d is scored", commit.position())
          .isNotNegative();
      var block = grid.block(outcome.block());
      assertThat(commit.position()).as("of the block").isBetween(block.start(), block.end() - 1);
    }
    for (int row : step.scored()) {
      assertThat(Arrays.binarySearch(step.rows(), row)).as("I3: %d is a row", row).isNotNegative();
    }
    for (int position : outcome.revoked()) {
      assertThat(pinned).as("I1: what was known from the beginning").doesNotContain(position);
      assertThat(told.remove(position)).as("I1: what is taken back was there").isNotNull();
    }
  }

  /** A schedule may plan nothing; Fast-dLLM's caches make a forward of a finished block. */
  private boolean mayWait(int left) {
    return switch (method.unmask()) {
      case FixedSchedule(Pace pace, var _) -> left == 0 || pace instanceof Pace.TimeSchedule;
      case Origin _ -> true;
      case Threshold _, Factor _ -> left == 0;
      case EntropyBound _, Klass _, Wino _, PcSampler _, LeftToRight _ -> false;
    };
  }

  /** A finished block may be stored by a step that speaks for nothing. */
  private static boolean stores(Step step) {
    return step.mechanism() instanceof Mechanism.BlockCausal && step.scored().length == 0;
  }

  /** Masks of a block that are to be decoded. */
  private int left(int number) {
    Block block = grid.block(number);
    int[] canvas = decoding.canvas();
    return (int)
        IntStream.range(block.start(), Math.min(block.end(), end()))
            .filter(i -> canvas[i] == traits.maskToken())
            .count();
  }

  /** Where decoding may stop. */
  private int end() {
    int[] canvas = decoding.canvas();
    boolean stops = method.endOfSequence() == EndOfSequenceRule.STOP;
    return IntStream.range(decoding.promptLength() + decoding.openStart(), canvas.length)
        .filter(i -> stops && canvas[i] == traits.endOfSequenceToken())
        .findFirst()
        .orElse(canvas.length);
  }

  private void keys(Step step, StepOutcome outcome) {
    int length = decoding.canvas().length;
    boolean all = step.rows().length == length;
    assertThat(outcome.refresh()).isEqualTo(all);
    boolean sound =
        switch (step.mechanism()) {
          case Mechanism.Fresh _, Mechanism.Shadow _ -> all;
          case Mechanism.Overwrite _ -> {
            Arrays.stream(step.rows()).forEach(stored::set);
            yield stored.cardinality() == length;
          }
          case Mechanism.BlockCausal causal -> {
            Arrays.stream(step.rows()).forEach(stored::set);
            int last = step.rows()[step.rows().length - 1];
            yield stored.nextClearBit(0) >= causal.end(last, length);
          }
          case Mechanism.LayerRefresh refresh -> {
            stored.set(0, refresh.prompt() && refresh.response() ? length : 0);
            yield all && stored.cardinality() == length;
          }
          case Mechanism.Retain retain -> {
            retainedIn = outcome.block();
            if (retain.beside()) {
              Arrays.stream(step.rows()).forEach(stored::set);
            } else {
              stored.clear();
            }
            yield all || stored.cardinality() == length;
          }
          case Mechanism.Retained _ -> retainedIn == outcome.block();
        };
    assertThat(sound).as("I4: every key of step %d is fresh or stored", step.number()).isTrue();
  }

  /**
   * Everything is decoded, or everything left of the end; but as published, WINO forgets what it
   * takes back outside of its shrinking window.
   */
  private void complete() {
    boolean forgets =
        method.unmask() instanceof Wino && method.compatibility() == Compatibility.D2CACHE;
    if (!forgets) {
      assertThat(Arrays.copyOf(decoding.canvas(), end()))
          .as("complete")
          .doesNotContain(traits.maskToken());
    }
  }

  private Map<Integer, Integer> canvas() {
    int[] canvas = decoding.canvas();
    return IntStream.range(decoding.promptLength(), canvas.length)
        .filter(i -> canvas[i] != traits.maskToken())
        .boxed()
        .collect(Collectors.toMap(i -> i, i -> canvas[i]));
  }
}
