package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.reference.PlainModel;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every step of methods that between them use every mechanism, probe, filter and half, on the
 * engine and on the oracle.
 */
class OracleTest {
  private static final long SEED = 20261122;
  private static final int GENERATION = 16;
  private static final UnmaskPolicy TWO = new FixedSchedule(new Pace.TokensPerStep(2));

  private static final UnmaskPolicy KLASS = new Klass(.5, 2, .3, 1);

  private static final List<CachePolicy> CACHES =
      List.of(
          new NoCache(),
          new PrefixCache(),
          new DualCache(),
          new PrefixCache(100),
          new DualCache(100),
          new DllmCache(4, 2, .3),
          new DllmCache(3, 5, 0),
          new DllmCache(50, 50, .05),
          new DllmCache(2, 3, 1),
          new D2Cache(.1, 3, 4, 0, D2Cache.Mode.COMPATIBLE),
          new D2Cache(.3, 2, 2, 2, D2Cache.Mode.PAPER),
          new SparseDllm(.5, 3, 1),
          new SparseDllm(.7, 1, 0),
          new SparseDllm(.3, 5, 2),
          new SparseDllm(1, 63, 0),
          new SparseDllm(.01, 3, 0),
          new SparseDllm(.5, 3, 1, 100),
          new SparseDllm(.4, 5, 0, 100),
          new SparseDllm(1, 3, 2, 5));

  @ParameterizedTest
  @ValueSource(strings = {TinyModels.LLADA, TinyModels.DREAM})
  void step_anyMechanism_tellsWhatTheOracleTells(String name) throws IOException {
    var oracle = PlainModel.open(TinyModels.folder(name));
    try (var engine = TinyModels.load(name)) {
      for (var method : methods().entrySet()) {
        for (int prompt : new int[] {1, 5, 23}) {
          compare(method.getKey(), method.getValue(), engine, oracle, prompt);
        }
      }
    }
  }

  private static void compare(
      String name, Method method, TorchEngine engine, PlainModel oracle, int promptLength) {
    int[] prompt = new Random(SEED).ints(promptLength, 0, 500).toArray();
    var decoding = new Decoding(oracle.traits().withEndOfTurn(3, 400), method, prompt);
    var plain = oracle.open(promptLength, method);
    try (var state = engine.open(promptLength, method)) {
      while (!decoding.done()) {
        var step = decoding.next();
        decoding.accept(both(name + ", prompt " + promptLength, step, state, plain));
      }
    }
  }

  private static Predictions both(String name, Step step, Denoiser engine, Denoiser oracle) {
    var actual = engine.step(step);
    var expected = oracle.step(step);
    String what = name + ", step " + step.number() + ", " + step.mechanism();
    assertThat(actual.tokens()).as(what).isEqualTo(expected.tokens());
    assertClose(what, actual.confidences(), expected.confidences());
    assertClose(what + ": probe", actual.probed(), expected.probed());
    assertClose(what + ": verified", actual.verified(), expected.verified());
    assertClose(what + ": rollout", actual.importance(), expected.importance());
    assertThat(actual.rowsComputed()).as(what).isEqualTo(expected.rowsComputed());
    assertThat(engine.chosen()).as(what + ": chosen").isDeepEqualTo(oracle.chosen());
    return actual;
  }

  private static void assertClose(String what, float[] actual, float[] expected) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      float tolerance = 2e-4f * Math.max(1, Math.abs(expected[i]));
      assertThat(actual[i]).as("%s, %d", what, i).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static Map<String, Method> methods() {
    var methods = new LinkedHashMap<String, Method>();
    for (var cache : CACHES) {
      methods.put(cache.toString(), method(TWO, cache, Scoring.GREEDY));
    }
    for (var scoring : scorings()) {
      methods.put(scoring.toString(), method(TWO, new NoCache(), scoring));
      methods.put("dual " + scoring, method(TWO, new DualCache(), scoring));
    }
    for (var unmask : List.of(new EntropyBound(1, 1), KLASS)) {
      methods.put(unmask.toString(), method(unmask, new NoCache(), Scoring.GREEDY));
      methods.put("dual " + unmask, method(unmask, new DualCache(), Scoring.GREEDY));
      methods.put("top-p " + unmask, method(unmask, new NoCache(), filtered(.8, 0)));
    }
    var wino = new Wino(.3, .99, 1);
    methods.put("wino", method(wino, new NoCache(), Scoring.GREEDY));
    methods.put("published wino", with(Compatibility.D2CACHE, methods.get("wino")));
    methods.put("one block", inOneBlock(new SparseDllm(.5, 3, 1)));
    methods.put("frozen klass", method(KLASS, new DualCache(100), Scoring.GREEDY));
    methods.put("frozen sparse", method(KLASS, new SparseDllm(.5, 3, 1, 100), Scoring.GREEDY));
    methods.put("guided", guided(new NoCache(), new Guidance(1.5, 1)));
    methods.put("guided dllm", guided(new DllmCache(4, 2, .3), new Guidance(.7, 1)));
    methods.put("guided at intervals", guided(new DllmCache(5, 3, .3), new Guidance(2, 3)));
    return methods;
  }

  private static List<Scoring> scorings() {
    return List.of(
        Scoring.of(Confidence.MARGIN, Sampling.GREEDY),
        Scoring.of(Confidence.NEGATIVE_ENTROPY, Sampling.GREEDY),
        filtered(.7, 0),
        filtered(1, 3),
        new Scoring(
            Confidence.MAX_PROBABILITY, OptionalDouble.empty(), Sampling.GREEDY, true, true),
        new Scoring(Confidence.MARGIN, OptionalDouble.of(3), Sampling.GREEDY, false, true));
  }

  private static Scoring filtered(double topP, int topK) {
    return Scoring.of(Confidence.NEGATIVE_ENTROPY, new Sampling(0, topP, topK, 0));
  }

  private static Method method(UnmaskPolicy unmask, CachePolicy cache, Scoring scoring) {
    return method(unmask, cache, scoring, Optional.empty());
  }

  private static Method guided(CachePolicy cache, Guidance guidance) {
    return method(TWO, cache, Scoring.GREEDY, Optional.of(guidance));
  }

  private static Method method(
      UnmaskPolicy unmask, CachePolicy cache, Scoring scoring, Optional<Guidance> guidance) {
    return new Method(
        GENERATION,
        GENERATION / 2,
        unmask,
        cache,
        scoring,
        guidance,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  private static Method inOneBlock(CachePolicy cache) {
    return new Method(
        GENERATION,
        GENERATION,
        TWO,
        cache,
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  private static Method with(Compatibility compatibility, Method method) {
    return new Method(
        method.generationLength(),
        method.blockLength(),
        method.unmask(),
        method.cache(),
        method.scoring(),
        method.guidance(),
        method.endOfSequence(),
        compatibility);
  }
}
