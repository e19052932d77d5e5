package dev.unmask.worker.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Guidance;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Demand;
import dev.unmask.worker.scheduling.Ticket;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.serving.steps.EngineThread;
import dev.unmask.worker.serving.steps.Mark;
import dev.unmask.worker.serving.steps.StepLoop;
import dev.unmask.worker.text.ChatTemplate;
import dev.unmask.worker.unmask.EntropyBound;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Klass;
import dev.unmask.worker.unmask.Pace;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import dev.unmask.worker.unmask.Wino;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests at once, with the real engine and a shipped model. */
@Timeout(120)
class ConcurrentGenerationsTest {
  private static final int SLOTS = 12;

  private static EngineThread thread;
  private static ServedModel model;

  private final Slots slots = new Slots(SLOTS);
  private final StepLoop loop = new StepLoop(thread, Budgets.ofCpu(), System::nanoTime);
  private final Station station = new Station(slots, loop, Sharing.none(), System::nanoTime);

  @BeforeAll
  static void load() {
    thread = new EngineThread("engine-cpu");
    var settings = new EngineSettings("cpu", OptionalInt.of(1));
    model =
        thread.call(() -> new ModelFolder(Path.of("../models/unmask-mini-llada")).load(settings));
  }

  @AfterAll
  static void close() {
    thread.run(model.engine()::close);
    model.tokenizer().close();
    thread.close();
  }

  @AfterEach
  void everythingIsFreeAtRest() {
    assertThat(slots.running()).isZero();
    assertThat(slots.waiting()).isZero();
    assertThat(model.engine().pool().used()).isZero();
  }

  private static Method method(UnmaskPolicy unmask, CachePolicy cache, int length) {
    return method(unmask, cache, length, Optional.empty());
  }

  private static Method method(
      UnmaskPolicy unmask, CachePolicy cache, int length, Optional<Guidance> guidance) {
    return new Method(
        length,
        16,
        unmask,
        cache,
        Scoring.GREEDY,
        guidance,
        EndOfSequenceRule.DECODE_ALL,
        Compatibility.UNMASK);
  }

  private static List<Method> methods() {
    return List.of(
        method(new Threshold(.9), new DualCache(), 64),
        method(new EntropyBound(.2, 1), new PrefixCache(), 48),
        method(new FixedSchedule(new Pace.TokensPerStep(2)), new NoCache(), 32),
        method(new Klass(.01, 2, .9, 1), new DllmCache(8, 4, .25), 64),
        method(new Threshold(.9), new D2Cache(.1, 16, 10, 0, D2Cache.Mode.COMPATIBLE), 80),
        method(new Threshold(.8), new SparseDllm(.5, 3, 1), 48),
        method(new Wino(.7, .9, 1), new NoCache(), 32),
        method(new Threshold(.9), new NoCache(), 16, Optional.of(new Guidance(.5, 1))));
  }

  private static Assignment assignment(String id, String namespace, Method method) {
    var question = "Compute %s12 + 7.".formatted("3 + ".repeat(id.length()));
    var turns = List.of(new ChatTemplate.Turn("user", question));
    int[] prompt = model.tokenizer().encode(model.template().orElseThrow().render(turns));
    return new Assignment(
        id, model, namespace, method, prompt, List.of(), Arrival.unhurried(System.nanoTime()));
  }

  private List<Event> run(Assignment assignment) throws InterruptedException {
    var events = new ArrayList<Event>();
    new Generation(assignment, station, events::add).run();
    return events;
  }

  private static List<Object> told(List<Event> events) {
    return events.stream()
        .filter(event -> !(event instanceof Event.Closed))
        .map(event ->
            event instanceof Event.AtCheckpoint(int block, int step, int[] canvas)
                ? List.of(block, step, Arrays.stream(canvas).boxed().toList())
                : event)
        .toList();
  }

  private Thread start(Assignment assignment, Consumer<Event> events) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            new Generation(assignment, station, events).run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  @Test
  void run_eightMethodsAtOnceOneCancelledOneFailing_tellTheSameAsAlone() throws Exception {
    var assignments =
        IntStream.range(0, 8)
            .mapToObj(i -> assignment("x".repeat(i + 1), "default", methods().get(i)))
            .toList();
    Map<String, List<Object>> alone = new ConcurrentHashMap<>();
    for (var assignment : assignments) {
      alone.put(assignment.requestId(), told(run(assignment)));
    }
    var before = loop.use();
    Map<String, List<Event>> together = new ConcurrentHashMap<>();
    var threads = new ArrayList<Thread>();
    for (var assignment : assignments) {
      var events = Collections.synchronizedList(new ArrayList<Event>());
      together.put(assignment.requestId(), events);
      threads.add(start(assignment, events::add));
    }
    var cancelled = cancelledInTheMiddle();
    failing();
    for (var t : threads) {
      t.join();
    }
    assertThat(cancelled).noneMatch(Event.Closed.class::isInstance).isNotEmpty();
    assignments.forEach(a -> assertSame(together.get(a.requestId()), alone.get(a.requestId())));
    var use = loop.use();
    assertThat(use.failures()).isEqualTo(1);
    assertThat(use.forwards() - before.forwards()).isLessThan(use.steps() - before.steps());
    assertThat(use.mostSteps()).isGreaterThan(1);
  }

  /** The same tokens in the same steps; company may round a confidence otherwise. */
  private static void assertSame(List<Event> together, List<Object> alone) {
    Comparator<Float> close = (a, b) -> Math.abs(a - b) < 1e-4f ? 0 : Float.compare(a, b);
    assertThat(told(together))
        .usingRecursiveComparison()
        .withComparatorForType(close, Float.class)
        .isEqualTo(alone);
  }

  /** Interrupts itself when it is told its third step, which is while the fourth waits. */
  private List<Event> cancelledInTheMiddle() throws InterruptedException {
    var method = method(new FixedSchedule(new Pace.TokensPerStep(1)), new DualCache(), 64);
    var events = Collections.synchronizedList(new ArrayList<Event>());
    var thread =
        start(
            assignment("cancelled", "default", method),
            event -> {
              events.add(event);
              if (event instanceof Event.Stepped stepped && stepped.outcome().step() == 2) {
                Thread.currentThread().interrupt();
              }
            });
    thread.join();
    assertThat(events).filteredOn(Event.Stepped.class::isInstance).hasSize(3);
    return events;
  }

  /** A step that attends to what was never stored. */
  private void failing() throws InterruptedException {
    var assignment = assignment("failing", "default", methods().getFirst());
    var wanted = Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);
    try (var slot = slots.take(assignment.demand());
        var seat =
            loop.open(
                assignment.requester(Mark.NONE),
                () ->
                    model
                        .engine()
                        .open(slot.run(), assignment.prompt().length, assignment.method()))) {
      seat.submit(Step.overwriting(1, new int[] {30}, new int[] {5}, new int[] {30}, wanted));
      assertThatThrownBy(seat::await).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void run_floodOfOneNamespace_anotherGetsItsShareOfThePlaces() throws Exception {
    var method = method(new Threshold(.9), new DualCache(), 16);
    var opened = Collections.synchronizedList(new ArrayList<String>());
    var places = new ArrayList<Slots.Slot>();
    for (int i = 0; i < SLOTS; i++) {
      places.add(slots.take(new Demand("before", Ticket.NO_DEADLINE, model.engine().pool(), 32)));
    }
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 46; i++) {
      var namespace = i < 40 ? "flood" : "few";
      Consumer<Event> events =
          event -> {
            if (event instanceof Event.Opened) {
              opened.add(namespace);
            }
          };
      threads.add(start(assignment("request", namespace, method), events));
      int waiting = i + 1;
      await().until(() -> slots.waiting() == waiting);
    }
    places.forEach(Slots.Slot::close);
    for (var t : threads) {
      t.join();
    }
    assertThat(opened).hasSize(46);
    // Admitted among the first 12 (AdmissionTest); threads that run at once are heard of in any
    // order, but first come, first served would end with all six.
    assertThat(opened.lastIndexOf("few")).isLessThan(36);
  }

  @Test
  void run_stopString_endsWithoutAnotherStep() throws Exception {
    var method = method(new Threshold(.9), new DualCache(), 64);
    var whole = assignment("whole", "default", method);
    var text = text(run(whole));
    var steps = loop.use().steps();
    var stop = text.substring(0, 1);
    var stopped =
        new Assignment(
            "whole", model, "default", method, whole.prompt(), List.of(stop), whole.arrival());
    var events = run(stopped);
    assertThat(text(events)).isEmpty();
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Event.Closed.class,
            closed -> assertThat(closed.reason()).isEqualTo(Event.EndReason.STOP_STRING));
    long told = events.stream().filter(Event.Stepped.class::isInstance).count();
    assertThat(loop.use().steps() - steps).isEqualTo(told);
  }

  /** The worker has measured steps of 100 ms, and so do these take by the station's clock. */
  @Test
  void run_timeForTwentySteps_takesNoMore() throws Exception {
    var clock = new AtomicLong();
    for (int i = 0; i < 64; i++) {
      loop.times().record(Duration.ofMillis(100));
    }
    var method = method(new FixedSchedule(new Pace.TokensPerStep(1)), new DualCache(), 64);
    var unhurried = assignment("bounded", "default", method);
    var bounded =
        new Assignment(
            "bounded",
            model,
            "default",
            method,
            unhurried.prompt(),
            List.of(),
            Arrival.unhurried(0).within(Duration.ofSeconds(2)));
    var events = new ArrayList<Event>();
    var slow = new Station(slots, loop, Sharing.none(), clock::get);
    Consumer<Event> ticking =
        event -> {
          events.add(event);
          if (event instanceof Event.Stepped || event instanceof Event.Opened) {
            clock.addAndGet(100_000_000);
          }
        };
    new Generation(bounded, slow, ticking).run();
    var steps = events.stream().filter(Event.Stepped.class::isInstance).count();
    assertThat(steps).isBetween(16L, 20L);
    assertThat(events.getLast())
        .isInstanceOfSatisfying(
            Event.Closed.class,
            closed -> {
              assertThat(closed.reason()).isEqualTo(Event.EndReason.DEADLINE);
              assertThat(closed.tally().hurried()).isEqualTo(64 - (int) steps);
            });
  }

  private static String text(List<Event> events) {
    return events.stream()
        .flatMap(event -> event instanceof Event.Committed c ? Stream.of(c.text()) : Stream.empty())
        .reduce("", String::concat);
  }
}
