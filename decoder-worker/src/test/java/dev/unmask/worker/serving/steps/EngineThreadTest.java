package dev.unmask.worker.serving.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineThreadTest {
  @Test
  void submit_manyCalls_runInOrderOnOneNamedThread() throws Exception {
    var order = new ArrayList<Integer>();
    try (var thread = new EngineThread("engine-cpu")) {
      List<Future<String>> calls =
          IntStream.range(0, 100)
              .mapToObj(i ->
                  thread.submit(() -> {
                    order.add(i);
                    return Thread.currentThread().getName();
                  }))
              .toList();
      for (var call : calls) {
        assertThat(call.get()).isEqualTo("engine-cpu");
      }
    }
    assertThat(order).containsExactlyElementsOf(IntStream.range(0, 100).boxed().toList());
  }

  @Test
  void submit_queueFull_answersExhausted() throws Exception {
    var gate = new CountDownLatch(1);
    try (var thread = new EngineThread("engine-cpu")) {
      var running = new CountDownLatch(1);
      var blocker =
          thread.submit(() -> {
            running.countDown();
            gate.await();
            return 0;
          });
      running.await();
      var waiting =
          IntStream.range(0, Limits.ENGINE_QUEUE_CALLS)
              .mapToObj(i -> thread.submit(() -> i))
              .toList();
      assertThatThrownBy(() -> thread.submit(() -> 0))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> assertThat(e.problem()).isInstanceOf(Problem.Exhausted.class));
      gate.countDown();
      assertThat(blocker.get()).isZero();
      assertThat(waiting.getLast().get()).isEqualTo(Limits.ENGINE_QUEUE_CALLS - 1);
    }
  }

  @Test
  void serve_callsThatWait_runInBetweenAndEnoughEndsIt() throws Exception {
    var order = new ArrayList<String>();
    try (var thread = new EngineThread("engine-cpu")) {
      var gate = new CountDownLatch(1);
      var outer =
          thread.submit(() -> {
            gate.await();
            order.add("before");
            // Much longer than the test may take: it is not waited for.
            thread.serve(TimeUnit.HOURS.toNanos(1), () -> order.contains("third"));
            order.add("after");
            return Thread.currentThread().getName();
          });
      var first = thread.submit(() -> order.add("first"));
      Future<Boolean> failing =
          thread.submit(() -> {
            throw new IllegalStateException("fails alone");
          });
      gate.countDown();
      var second = thread.submit(() -> order.add("second"));
      var third = thread.submit(() -> order.add("third"));
      assertThat(List.of(first.get(), second.get(), third.get())).containsOnly(true);
      assertThatThrownBy(failing::get).hasRootCauseMessage("fails alone");
      assertThat(outer.get()).isEqualTo("engine-cpu");
    }
    assertThat(order).startsWith("before", "first", "second", "third").contains("after");
  }

  @Test
  void serve_noPatience_runsWhatWaitsAndReturns() throws Exception {
    var order = new ArrayList<String>();
    try (var thread = new EngineThread("engine-cpu")) {
      var gate = new CountDownLatch(1);
      var outer =
          thread.submit(() -> {
            gate.await();
            thread.serve(0, () -> false);
            return order.size();
          });
      var waiting = thread.submit(() -> order.add("waited"));
      gate.countDown();
      assertThat(outer.get()).isEqualTo(1);
      assertThat(waiting.get()).isTrue();
    }
  }
}
