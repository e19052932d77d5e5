package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests come and go; what they took comes back. */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final int ROUNDS = 8;
  private static final int REQUESTS = 25;
  private static final UnmaskPolicy FOUR = new FixedSchedule(new Pace.TokensPerStep(4));

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
  void manyRequests_storedAndRestored_leaveMemoryFlat() {
    // A leaked state weighs 1 MiB a request here, a leaked hidden state 16 KiB a step.
    long growth = ResidentMemory.growth(ROUNDS, () -> share(448, 64));
    assertThat(growth).isLessThan(256 << 10);
  }

  private static void share(int prompt, int generation) {
    int[] canvas = new int[prompt + generation];
    Arrays.fill(canvas, prompt, canvas.length, engine.traits().maskToken());
    int[] block = Steps.range(prompt, prompt + generation);
    for (int request = 0; request < REQUESTS; request++) {
      try (var first = engine.open(prompt, generation);
          var second = engine.open(prompt, generation)) {
        first.step(Steps.refresh(canvas, block));
        try (var forward = first.export(canvas.length)) {
          second.restore(forward);
        }
        second.step(Steps.refresh(canvas, block));
        for (int step = 1; step < 4; step++) {
          second.step(Steps.rows(step, canvas, block, block));
        }
      }
    }
  }

  /** Every mechanism, probe and half; rows that overwrite are above. */
  static Stream<Method> methods() {
    var d2 = new D2Cache(.1, 4, 10, 0, D2Cache.Mode.COMPATIBLE);
    return Stream.of(
        method(FOUR, new DllmCache(4, 2, .3), Optional.empty()),
        method(FOUR, d2, Optional.empty()),
        method(FOUR, new SparseDllm(.5, 3, 1), Optional.empty()),
        method(FOUR, new SparseDllm(.5, 3, 0, 100), Optional.empty()),
        method(new Wino(.3, .99, 2), new NoCache(), Optional.empty()),
        method(new Klass(.5, 2, .3, 4), new NoCache(), Optional.empty()),
        method(FOUR, new NoCache(), Optional.of(new Guidance(1.5, 1))),
        method(FOUR, new DllmCache(4, 2, .3), Optional.of(new Guidance(1.5, 3))));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void manyRequests_anyMechanism_leaveMemoryFlat(Method method) {
    // A leaked state weighs some 100 KiB a request here, hidden states of a step 4 KiB.
    long growth = ResidentMemory.growth(ROUNDS, () -> decode(method));
    assertThat(growth).isLessThan(96 << 10);
  }

  private static void decode(Method method) {
    int[] prompt = Steps.range(10, 58);
    for (int request = 0; request < REQUESTS; request++) {
      var decoding = new Decoding(engine.traits(), method, prompt);
      try (var state = engine.open(prompt.length, method)) {
        while (!decoding.done()) {
          decoding.advance(state);
          state.chosen();
        }
      }
    }
  }

  private static Method method(
      UnmaskPolicy unmask, CachePolicy cache, Optional<Guidance> guidance) {
    return new Method(
        16,
        8,
        unmask,
        cache,
        Scoring.GREEDY,
        guidance,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
