package dev.unmask.worker.decoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.api.DecodingSpecs;
import dev.unmask.worker.decoding.Matrix.Family;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.unmask.Wino;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HurriedDecodingTest {
  private static final long SEED = 20261130;
  private static final int BLOCKS = 3;
  private static final int BLOCK = 4;
  private static final int[] PROMPT = new Random(SEED).ints(7, 0, 500).toArray();
  private static final ModelTraits LLADA = new ModelTraits(99, 98, 0);

  private final ScriptedDenoiser says = new ScriptedDenoiser(0, position -> 10 + position);

  @Test
  void accept_timeForHalfTheSteps_takesHalfTheSteps() {
    var outcomes = run(Methods.plain(), 4);
    assertThat(outcomes).extracting(outcome -> outcome.commits().size()).containsOnly(2).hasSize(4);
    assertThat(outcomes).extracting(StepOutcome::hurried).containsOnly(1);
  }

  @Test
  void accept_time_changesNothing() {
    assertThat(run(Methods.plain(), 8))
        .hasSize(8)
        .allSatisfy(outcome -> assertThat(outcome.hurried()).isZero());
  }

  @Test
  void accept_hurriedWino_takesNothingBack() {
    // Two are sure in a step, and none of them any more in the next one.
    says.confidences((step, position) -> position <= 3 + 2 * step ? .9 : .1 / position);
    says.verified((_, _) -> .1);
    var wino = Methods.plain().with(new Wino(.5, 1, 1)).method(8, 8);
    assertThat(run(wino, 3))
        .hasSize(3)
        .allSatisfy(outcome -> assertThat(outcome.revoked()).isEmpty());
    assertThat(run(wino, 1_000)).anySatisfy(o -> assertThat(o.revoked()).isNotEmpty());
  }

  private List<StepOutcome> run(Methods methods, int steps) {
    return run(methods.method(), steps);
  }

  private List<StepOutcome> run(Method method, int steps) {
    var outcomes = new ArrayList<StepOutcome>();
    var decoding = new Decoding(LLADA, method, new int[] {1, 2});
    for (int left = steps; !decoding.done(); left--) {
      outcomes.add(decoding.accept(says.step(decoding.next()), OptionalInt.of(left)));
    }
    return outcomes;
  }

  /** Every method there is, with no time at all: a step a block, or two where some only store. */
  @ParameterizedTest
  @EnumSource
  void accept_anyMethodWithoutTime_takesTheLeastSteps(Family family) {
    try (var engine = Matrix.load(family)) {
      for (var compatibility : Compatibility.values()) {
        for (String unmask : Matrix.unmasks(family)) {
          for (String cache : Matrix.CACHES) {
            hurried(family, engine, "compatibility: COMPATIBILITY_" + compatibility, unmask, cache);
          }
        }
      }
    }
  }

  private static void hurried(Family family, TorchEngine engine, String... parts) {
    var lengths = "generation_length: " + BLOCKS * BLOCK + " block_length: " + BLOCK;
    var spec = Matrix.spec(String.join("\n", parts), lengths);
    if (!Matrix.violations(family, PROMPT, spec).isEmpty()) {
      return;
    }
    var method = DecodingSpecs.method(spec, family.model);
    var decoding = new Decoding(engine.traits(), method, PROMPT);
    try (var state = engine.open(PROMPT.length, method)) {
      while (!decoding.done()) {
        decoding.accept(state.step(decoding.next()), OptionalInt.of(1));
      }
    }
    // d2Cache computes some masks of a block only; what it did not cannot go in.
    int most = spec.hasD2Cache() ? BLOCKS * BLOCK : 2 * (BLOCKS + 1);
    assertThat(decoding.steps())
        .as("seed %d, %s: %s", SEED, family, spec)
        .isLessThanOrEqualTo(most);
  }
}
