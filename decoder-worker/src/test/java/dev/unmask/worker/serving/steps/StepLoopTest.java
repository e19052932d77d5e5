package dev.unmask.worker.serving.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Compatibility;
import dev.unmask.worker.method.EndOfSequenceRule;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.Scoring;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scheduling.Budgets;
import dev.unmask.worker.scheduling.Ticket;
import dev.unmask.worker.scoring.Confidence;
import dev.unmask.worker.unmask.FixedSchedule;
import dev.unmask.worker.unmask.Pace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop with the real engine and a shipped model; a held thread makes what happens certain. */
@Timeout(60)
class StepLoopTest {
  private static final int[] PROMPT = IntStream.range(10, 34).toArray();
  private static final Method METHOD =
      new Method(
          32,
          16,
          new FixedSchedule(new Pace.TokensPerStep(1)),
          new DualCache(),
          Scoring.GREEDY,
          Optional.empty(),
          EndOfSequenceRule.DECODE_ALL,
          Compatibility.UNMASK);

  private static EngineThread thread;
  private static TorchEngine engine;

  private final StepLoop loop = new StepLoop(thread, Budgets.ofCpu(), System::nanoTime);
  private final List<Decoding> decodings = new ArrayList<>();

  @BeforeAll
  static void load() {
    thread = new EngineThread("engine-cpu");
    engine =
        thread.call(() -> {
          try (var checkpoint = Checkpoint.open(Path.of("../models/unmask-mini-llada"))) {
            return TorchEngine.load(checkpoint, new EngineSettings("cpu", OptionalInt.of(1)));
          }
        });
  }

  @AfterAll
  static void close() {
    thread.run(engine::close);
    thread.close();
  }

  private Seat seat() {
    var run = engine.pool().take(engine.positions(PROMPT.length, METHOD)).orElseThrow();
    decodings.add(new Decoding(engine.traits(), METHOD, PROMPT));
    // Runs are not given back: there are more of them than this test takes.
    return loop.open(
        new Requester("", Ticket.NO_DEADLINE, "mini", engine),
        () -> engine.open(run, PROMPT.length, METHOD));
  }

  private List<Seat> seats(int count) {
    return IntStream.range(0, count).mapToObj(_ -> seat()).toList();
  }

  /** Holds the engine's thread until the latch is counted down. */
  private static Future<Boolean> hold(CountDownLatch gate) throws InterruptedException {
    var held = new CountDownLatch(1);
    var call =
        thread.submit(() -> {
          held.countDown();
          gate.await();
          return true;
        });
    held.await();
    return call;
  }

  /** A step that attends to what was never stored. */
  private static Step invalid() {
    var wanted = Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);
    return Step.overwriting(1, new int[] {30}, new int[] {5}, new int[] {30}, wanted);
  }

  @Test
  void submit_stepsThatWaitTogether_shareOneForward() throws Exception {
    var seats = seats(5);
    var gate = new CountDownLatch(1);
    var held = hold(gate);
    for (int i = 0; i < 5; i++) {
      seats.get(i).submit(decodings.get(i).next());
    }
    gate.countDown();
    for (var seat : seats) {
      assertThat(seat.await().tokens()).isNotEmpty();
    }
    var use = loop.use();
    assertThat(held.get()).isTrue();
    assertThat(use.forwards()).isEqualTo(1);
    assertThat(use.steps()).isEqualTo(5);
    assertThat(use.mostSteps()).isEqualTo(5);
    assertThat(use.rows()).isEqualTo(5L * (PROMPT.length + 32));
    assertThat(use.busyNanos()).isPositive();
    assertThat(use.waitNanos()).isPositive();
    assertThat(use.failures()).isZero();
    assertThat(loop.times().median()).isPositive();
    seats.forEach(Seat::close);
  }

  @Test
  void await_stepThatFails_failsAlone() throws Exception {
    var seats = seats(3);
    var gate = new CountDownLatch(1);
    var held = hold(gate);
    seats.get(0).submit(decodings.get(0).next());
    seats.get(1).submit(invalid());
    seats.get(2).submit(decodings.get(2).next());
    gate.countDown();
    assertThat(held.get()).isTrue();
    assertThatThrownBy(seats.get(1)::await).isInstanceOf(IllegalArgumentException.class);
    var first = seats.get(0).await();
    assertThat(first.tokens()).isEqualTo(seats.get(2).await().tokens()).isNotEmpty();
    assertThat(loop.use().forwards()).isEqualTo(1);
    assertThat(loop.use().failures()).isEqualTo(1);
    seats.forEach(Seat::close);
  }

  @Test
  void leave_stepThatWaits_isWithdrawn() throws Exception {
    var seats = seats(2);
    var gate = new CountDownLatch(1);
    var held = hold(gate);
    seats.get(0).submit(decodings.get(0).next());
    seats.get(1).submit(decodings.get(1).next());
    seats.get(0).leave();
    gate.countDown();
    assertThat(held.get()).isTrue();
    assertThat(seats.get(1).await().tokens()).isNotEmpty();
    assertThat(loop.use().steps()).isEqualTo(1);
    seats.forEach(Seat::close);
  }

  @Test
  void call_betweenForwards_runsWhileStepsKeepComing() throws Exception {
    var seat = seat();
    seat.submit(decodings.getFirst().next());
    assertThat(loop.open(requester(), () -> engine.open(PROMPT.length, METHOD)))
        .satisfies(Seat::close);
    var predictions = seat.await();
    assertThat(decodings.getFirst().accept(predictions).rowsComputed()).isPositive();
    seat.close();
  }

  private static Requester requester() {
    return new Requester("other", Ticket.NO_DEADLINE, "mini", engine);
  }

  @Test
  void use_requestThatStepsAndPauses_countsTheDevicesIdleTime() throws Exception {
    var seat = seat();
    for (int step = 0; step < 2; step++) {
      seat.submit(decodings.getFirst().next());
      decodings.getFirst().accept(seat.await());
    }
    assertThat(loop.use().forwards()).isEqualTo(2);
    assertThat(loop.use().idleNanos()).isPositive();
    assertThat(loop.use().idleShare()).isBetween(0.0, 1.0);
    seat.close();
    long idle = loop.use().idleNanos();
    var next = seat();
    next.submit(decodings.getLast().next());
    assertThat(next.await().tokens()).isNotEmpty();
    assertThat(loop.use().idleNanos()).as("nobody was there").isEqualTo(idle);
    next.close();
  }

  @Test
  void submit_twiceWithoutAwaiting_isABug() {
    var seat = seat();
    seat.submit(decodings.getFirst().next());
    assertThatThrownBy(() -> seat.submit(invalid())).isInstanceOf(IllegalStateException.class);
    seat.close();
    assertThatThrownBy(() -> seat.submit(invalid())).isInstanceOf(IllegalStateException.class);
  }
}
