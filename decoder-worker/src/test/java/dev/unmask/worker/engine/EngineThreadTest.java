package dev.unmask.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
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
}
