package dev.unmask.worker.pages;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import io.grpc.Status;
import io.grpc.StatusException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * A call that its caller may stop waiting for while it goes on.
 *
 * @param waiting how it waits
 */
record Finding(Patience.Waiting waiting) {
  /**
   * Waits for an answer.
   *
   * @param call with a deadline of its own, beyond the wait
   * @param heard is run when the answer comes, in time or not
   * @throws StatusException if it fails, or is not there in time
   */
  <T> T await(ListenableFuture<T> call, Duration wait, Runnable heard)
      throws StatusException, InterruptedException {
    if (!isThere(call, wait)) {
      Futures.addCallback(call, new Late<T>(heard), MoreExecutors.directExecutor());
      throw Status.DEADLINE_EXCEEDED.withDescription("not within " + wait).asException();
    }
    try {
      var answer = Futures.getDone(call);
      heard.run();
      return answer;
    } catch (ExecutionException e) {
      throw Status.fromThrowable(e.getCause()).asException();
    }
  }

  private boolean isThere(ListenableFuture<?> call, Duration wait) throws InterruptedException {
    var over = new CountDownLatch(1);
    call.addListener(over::countDown, MoreExecutors.directExecutor());
    try {
      return waiting.until(over, wait);
    } catch (InterruptedException e) {
      call.cancel(true);
      throw e;
    }
  }

  /** Whether it fails in the end tells nothing new. */
  private record Late<T>(Runnable heard) implements FutureCallback<T> {
    @Override
    public void onSuccess(T answer) {
      heard.run();
    }

    @Override
    public void onFailure(Throwable failure) {}
  }
}
