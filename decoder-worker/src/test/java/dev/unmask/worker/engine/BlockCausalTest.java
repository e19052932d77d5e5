package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.reference.PlainModel;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.unmask.Threshold;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Block-causal models on the engine: what blocks leave behind, and that it is final. */
class BlockCausalTest {
  private static final long SEED = 20261130;
  private static final int GENERATION = 96;

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.FAST_DLLM_V2, TinyModels.SDAR})
  void step_anyPlan_tellsWhatTheOracleTells(String name) throws IOException {
    var oracle = PlainModel.open(TinyModels.folder(name));
    try (var engine = TinyModels.load(name)) {
      for (var cache : new CachePolicy[] {new NoCache(), new BlockCache(false)}) {
        for (int length : new int[] {5, 32, 33, 64, 75}) {
          compare(engine, oracle, cache, prompt(length));
        }
      }
    }
  }

  private static void compare(
      TorchEngine engine, PlainModel oracle, CachePolicy cache, int[] prompt) {
    var method = method(engine, cache);
    var decoding = new Decoding(engine.traits(), method, prompt);
    var plain = oracle.open(prompt.length, method);
    try (var state = engine.open(prompt.length, method)) {
      while (!decoding.done()) {
        var step = decoding.next();
        var actual = state.step(step);
        assertSame(actual, plain.step(step), name(prompt, cache, step.number()));
        decoding.accept(actual);
      }
    }
  }

  private static void assertSame(Predictions actual, Predictions expected, String what) {
    assertThat(actual.tokens()).as(what).isEqualTo(expected.tokens());
    assertThat(actual.rowsComputed()).as(what).isEqualTo(expected.rowsComputed());
    for (int i = 0; i < expected.confidences().length; i++) {
      assertThat(actual.confidences()[i])
          .as(what)
          .isCloseTo(expected.confidences()[i], within(2e-4f));
    }
  }

  private static String name(int[] prompt, CachePolicy cache, int step) {
    return "seed %d, prompt %d, %s, step %d".formatted(SEED, prompt.length, cache, step);
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.FAST_DLLM_V2, TinyModels.SDAR})
  void advance_storedBlocksOrNone_decodesTheSame(String name) {
    try (var engine = TinyModels.load(name)) {
      for (int length : new int[] {1, 31, 32, 64, 75}) {
        int[] prompt = prompt(length);
        assertThat(decode(engine, new BlockCache(false), prompt).canvas())
            .as("prompt %d", length)
            .isEqualTo(decode(engine, new NoCache(), prompt).canvas());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.FAST_DLLM_V2, TinyModels.SDAR})
  void restoreSpan_anyPartOfThePrompt_decodesAsComputed(String name) {
    try (var engine = TinyModels.load(name)) {
      for (int length : new int[] {64, 75, 127}) {
        int[] prompt = prompt(length);
        var computed = decode(engine, new BlockCache(false), prompt);
        for (int stored = 32; stored <= length; stored += 32) {
          try (var span = span(engine, prompt, stored)) {
            var found = decode(engine, prompt, stored, span);
            assertThat(found.canvas()).as("%d of %d", stored, length).isEqualTo(computed.canvas());
            assertThat(found.steps()).as("%d of %d", stored, length).isEqualTo(computed.steps());
          }
        }
      }
    }
  }

  /** Another request begins with the same tokens and goes on otherwise. */
  private static StoredForward span(TorchEngine engine, int[] prompt, int stored) {
    int[] other = prompt(stored + 40);
    System.arraycopy(prompt, 0, other, 0, stored);
    var method = method(engine, new BlockCache(false));
    var decoding = new Decoding(engine.traits(), method, other);
    try (var state = engine.open(other.length, method)) {
      decoding.advance(state);
      assertThat(decoding.storedEnd()).isGreaterThanOrEqualTo(stored);
      return ((ModelState) state).exportSpan(0, stored);
    }
  }

  private static Decoding decode(TorchEngine engine, int[] prompt, int stored, StoredForward span) {
    var method = method(engine, new BlockCache(false));
    var decoding = new Decoding(engine.traits(), method, prompt);
    try (var state = engine.open(prompt.length, method)) {
      ((ModelState) state).restoreSpan(span);
      decoding.begin(stored);
      int first = decoding.advance(state).rowsComputed();
      assertThat(first).as("what was found is not computed").isLessThan(prompt.length);
      while (!decoding.done()) {
        decoding.advance(state);
      }
      return decoding;
    }
  }

  @Test
  void exportSpan_generatedBlocks_equalsThoseOfAPromptOfTheSameTokens() {
    try (var engine = TinyModels.load(TinyModels.FAST_DLLM_V2)) {
      int[] prompt = prompt(40);
      var method = method(engine, new BlockCache(false));
      var decoding = new Decoding(engine.traits(), method, prompt);
      try (var state = engine.open(prompt.length, method)) {
        while (!decoding.done()) {
          decoding.advance(state);
        }
        assertThat(decoding.storedEnd()).isEqualTo(128);
        try (var generated = ((ModelState) state).exportSpan(64, 96);
            var again = span(engine, decoding.canvas(), 96)) {
          var expected = again.page(2, 2).asFloatBuffer();
          var actual = generated.page(2, 0).asFloatBuffer();
          while (expected.hasRemaining()) {
            assertThat(actual.get()).isCloseTo(expected.get(), within(1e-4f));
          }
        }
      }
    }
  }

  @Test
  void exportSpan_whatIsNotStored_isRefused() {
    try (var engine = TinyModels.load(TinyModels.SDAR);
        var state = (ModelState) engine.open(40, method(engine, new BlockCache(false)))) {
      assertThatThrownBy(() -> state.exportSpan(0, 32)).isInstanceOf(IllegalStateException.class);
    }
  }

  private static Decoding decode(TorchEngine engine, CachePolicy cache, int[] prompt) {
    var method = method(engine, cache);
    var decoding = new Decoding(engine.traits(), method, prompt);
    try (var state = engine.open(prompt.length, method)) {
      while (!decoding.done()) {
        decoding.advance(state);
      }
    }
    return decoding;
  }

  private static int[] prompt(int length) {
    return new Random(SEED + length).ints(length, 0, 500).toArray();
  }

  private static Method method(TorchEngine engine, CachePolicy cache) {
    return new Method(
        GENERATION,
        engine.traits().causalBlock().orElseThrow(),
        new Threshold(.5),
        cache,
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }
}
