package dev.unmask.worker.serving.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.type.v1.PageEncoding;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.canvas.Given;
import dev.unmask.worker.canvas.Outset;
import dev.unmask.worker.canvas.Resumption;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.host.HostMemory;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.pages.MeteredCache;
import dev.unmask.worker.pages.PageCache;
import dev.unmask.worker.pages.PageCounts;
import dev.unmask.worker.pages.Patience;
import dev.unmask.worker.pages.Publisher;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.SharedStates;
import dev.unmask.worker.pages.choice.FetchOrCompute;
import dev.unmask.worker.pages.placement.PageChannels;
import dev.unmask.worker.pages.placement.Pauses;
import dev.unmask.worker.pages.transfer.Lanes;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which methods share a first forward, and that it makes no difference to them. */
class FirstForwardTest {
  private static final int[] PROMPT = IntStream.range(10, 34).toArray();
  private static final int GENERATION = 16;

  private static ServedModel model;
  private static ManagedChannel channel;
  private static Publisher publisher;
  private static SharedForwards forwards;

  @BeforeAll
  static void load() {
    var settings = new EngineSettings("cpu", OptionalInt.of(1));
    model = new ModelFolder(Path.of("../models/unmask-mini-llada")).load(settings);
    // Nobody is called: what is asked is whether somebody would be.
    channel = PageChannels.open("127.0.0.1:1", new Lanes(1));
    var cache =
        new PageCache(channel, new Pauses(InstantSource.system()), Patience.USUAL, new Lanes(1));
    publisher = new Publisher(cache, new PageCounts());
    var states =
        new SharedStates(
            new MeteredCache(cache, new PageCounts(), new FetchOrCompute(true), System::nanoTime),
            publisher);
    forwards = new SharedForwards(states, Map.of(), HostMemory::unpinned);
  }

  @AfterAll
  static void close() {
    publisher.close();
    channel.shutdownNow();
    model.engine().close();
  }

  @Test
  void of_stepThatLeavesKeysAndPredictions_isShared() {
    assertThat(published(new NoCache())).hasValue(0);
    assertThat(published(new PrefixCache())).hasValue(PROMPT.length + GENERATION);
    assertThat(published(new DualCache())).hasValue(PROMPT.length + GENERATION);
    assertThat(published(new PrefixCache(100))).hasValue(PROMPT.length + GENERATION);
    assertThat(published(new DualCache(100))).hasValue(PROMPT.length + GENERATION);
    assertThat(published(new SparseDllm(.5, 3, 1))).hasValue(0);
    assertThat(published(new SparseDllm(.5, 3, 1, 100))).hasValue(PROMPT.length + GENERATION);
  }

  @Test
  void of_stepThatLeavesMore_isNot() {
    assertThat(published(new DllmCache(8, 2, .25))).isEmpty();
    for (var mode : D2Cache.Mode.values()) {
      assertThat(published(new D2Cache(.1, 4, 10, 0, mode))).isEmpty();
    }
    assertThat(published(new SparseDllm(.5, 3, 0, 100))).isEmpty();
  }

  @Test
  void of_guidance_isNot() {
    var guided = method(new Threshold(.9), new NoCache(), Optional.of(new Guidance(1, 1)));
    assertThat(FirstForward.of(request(guided), forwards)).isEmpty();
  }

  @Test
  void of_wino_isNot() {
    var wino = method(new Wino(.7, .9, 1), new NoCache(), Optional.empty());
    assertThat(FirstForward.of(request(wino), forwards)).isEmpty();
  }

  /** The first forward of such a canvas is another than that of its prompt's and masks. */
  @Test
  void of_canvasThatIsKnownInPart_isNot() {
    var plain = request(method(new Threshold(.9), new DualCache(), Optional.empty()));
    var known = Outset.of(PROMPT).with(Given.suffix(5));
    var there = Outset.of(PROMPT).from(new Resumption(0, 1, 1, new int[0]));
    assertThat(FirstForward.of(plain, forwards)).isPresent();
    for (var outset : List.of(known, there)) {
      var request =
          new SharedRequest(
              plain.namespace(),
              plain.model(),
              plain.method(),
              outset,
              plain.prefix(),
              plain.granted(),
              plain.encoding());
      assertThat(FirstForward.of(request, forwards)).isEmpty();
    }
  }

  static Stream<Method> sharing() {
    return Stream.of(
            new Threshold(.9),
            new EntropyBound(.2, 1),
            new Klass(.01, 2, .9, 1),
            new FixedSchedule(new Pace.TimeSchedule(8, 1e-3)))
        .flatMap(unmask ->
            Stream.of(
                    new NoCache(),
                    new PrefixCache(),
                    new DualCache(),
                    new PrefixCache(100),
                    new DualCache(100),
                    new SparseDllm(.5, 3, 1),
                    new SparseDllm(.5, 3, 0),
                    new SparseDllm(.01, 3, 0),
                    new SparseDllm(.5, 3, 1, 100))
                .map(cache -> method(unmask, cache, Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("sharing")
  void restoredForward_anySharingMethod_changesNothing(Method method) {
    var shared = FirstForward.of(request(method), forwards).orElseThrow();
    try (var computing = open(method);
        var fetching = open(method)) {
      var computed = decoding(method);
      var first = computed.advance(computing);
      try (var forward = shared.export(computing)) {
        shared.restore(fetching, forward);
      }
      var fetched = decoding(method);
      var answered = fetched.advance(fetching);
      assertThat(answered.rowsComputed()).isZero();
      assertThat(answered.commits()).isEqualTo(first.commits());
      assertThat(fetching.chosen()).isDeepEqualTo(computing.chosen());
      assertThat(rest(fetched, fetching)).isEqualTo(rest(computed, computing));
      assertThat(fetched.canvas()).isEqualTo(computed.canvas());
    }
  }

  private static List<StepOutcome> rest(Decoding decoding, ModelState state) {
    var outcomes = new ArrayList<StepOutcome>();
    while (!decoding.done()) {
      outcomes.add(decoding.advance(state));
    }
    return outcomes;
  }

  private static Decoding decoding(Method method) {
    return new Decoding(model.traits(), method, PROMPT);
  }

  private static ModelState open(Method method) {
    return (ModelState) model.engine().open(PROMPT.length, method);
  }

  private static OptionalInt published(CachePolicy cache) {
    var method = method(new Threshold(.9), cache, Optional.empty());
    return FirstForward.of(request(method), forwards).stream()
        .mapToInt(FirstForward::publishedPositions)
        .findAny();
  }

  private static Method method(
      UnmaskPolicy unmask, CachePolicy cache, Optional<Guidance> guidance) {
    return new Method(
        GENERATION,
        8,
        unmask,
        cache,
        Scoring.GREEDY,
        guidance,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  private static SharedRequest request(Method method) {
    var source =
        new SharedRequest.Source(model.program(), model.traits(), model.engine().pageLayout());
    return new SharedRequest(
        "default",
        source,
        method,
        Outset.of(PROMPT),
        Optional.empty(),
        Optional.empty(),
        PageEncoding.PAGE_ENCODING_AS_COMPUTED);
  }
}
