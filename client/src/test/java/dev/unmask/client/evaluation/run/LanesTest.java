package dev.unmask.client.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LanesTest {
  @Test
  void work_manyPieces_doesEachOnceWithinItsLanes() throws Exception {
    var done = new ConcurrentLinkedQueue<Integer>();
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    var pieces = IntStream.range(0, 200).boxed().toList();
    Lanes.work(
        pieces,
        4,
        piece -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          done.add(piece);
          now.decrementAndGet();
        });
    assertThat(done).containsExactlyInAnyOrderElementsOf(pieces);
    assertThat(most.get()).isBetween(1, 4);
  }

  @Test
  void work_lanes_runAtOnce() throws Exception {
    // Three pieces that wait for each other are done only when three lanes run.
    var barrier = new CyclicBarrier(3);
    var met = new AtomicInteger();
    Lanes.work(
        List.of(1, 2, 3),
        3,
        _ -> {
          await(barrier);
          met.incrementAndGet();
        });
    assertThat(met.get()).isEqualTo(3);
  }

  @Test
  void work_onePieceFails_interruptsTheOthers() throws InterruptedException {
    var interrupted = new CountDownLatch(1);
    assertThatIOException()
        .isThrownBy(() ->
            Lanes.work(
                List.of(1, 2, 3),
                2,
                piece -> {
                  if (piece == 1) {
                    throw new IOException("disk full");
                  }
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                  }
                }))
        .withMessage("disk full");
    assertThat(interrupted.getCount()).isZero();
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (java.util.concurrent.BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
