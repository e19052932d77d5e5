package dev.unmask.cache.api;

import dev.unmask.contract.Problem;
import dev.unmask.contract.Problems;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Refuses page calls beyond a number with RESOURCE_EXHAUSTED, before anything of them is read, so
 * that drafts, pins and chunks in flight are bounded. Health and reflection always answer. Safe for
 * several threads.
 */
public final class CallBound implements ServerInterceptor {
  private final Semaphore free;
  private final Duration retryAfter;

  /**
   * Admits a number of calls.
   *
   * @param calls at once
   * @param retryAfter when a refused caller should come back
   */
  public CallBound(int calls, Duration retryAfter) {
    this.free = new Semaphore(calls);
    this.retryAfter = retryAfter;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!PageCacheServiceGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    if (!free.tryAcquire()) {
      var refusal =
          Problems.toStatus(
              new Problem.Exhausted("the cache-service has too many calls at once", retryAfter));
      call.close(refusal.getStatus(), refusal.getTrailers());
      return new ServerCall.Listener<>() {};
    }
    return begin(call, headers, next);
  }

  private <Q, A> ServerCall.Listener<Q> begin(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    try {
      return new Releasing<>(next.startCall(call, headers));
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
  }

  /** Frees the call's place when it is over, however it ends. */
  private final class Releasing<Q> extends SimpleForwardingServerCallListener<Q> {
    private final AtomicBoolean over = new AtomicBoolean();

    Releasing(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onComplete() {
      release();
      super.onComplete();
    }

    @Override
    public void onCancel() {
      release();
      super.onCancel();
    }

    private void release() {
      if (over.compareAndSet(false, true)) {
        free.release();
      }
    }
  }
}
