package dev.unmask.worker.pages.lease;

import com.google.protobuf.util.Durations;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.AcquireLeaseResponse;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.pagecache.v1.ReleaseLeaseRequest;
import io.grpc.Channel;
import io.grpc.StatusException;
import java.time.Duration;

/**
 * Calls of the lease service about one state.
 *
 * @param channel to the instance that keeps the state
 * @param namespace whose state
 * @param state its name
 * @param patience for an answer, beside the wait for another holder
 */
public record LeaseCalls(Channel channel, String namespace, PageKey state, Duration patience) {
  /**
   * Asks for the lease; blocks until somebody has it.
   *
   * @throws StatusException if the service does not answer
   */
  public Acquired acquire(LeaseTimes times) throws StatusException {
    var request =
        AcquireLeaseRequest.newBuilder()
            .setNamespace(namespace)
            .setState(state.toMessage())
            .setTerm(Durations.fromNanos(times.term().toNanos()))
            .setWait(Durations.fromNanos(times.patience().toNanos()))
            .build();
    return acquired(
        LeaseServiceGrpc.newBlockingV2Stub(channel)
            .withDeadlineAfter(times.patience().plus(patience))
            .acquireLease(request));
  }

  private Acquired acquired(AcquireLeaseResponse response) {
    return switch (response.getOutcomeCase()) {
      case GRANTED -> granted(response.getGranted().getGeneration());
      case FULFILLED -> new Acquired.Fulfilled();
      case HELD, OUTCOME_NOT_SET -> new Acquired.Held();
    };
  }

  private Acquired granted(long generation) {
    return new Acquired.Granted(Lease.granted(fulfilled -> release(generation, fulfilled)));
  }

  /** Nobody waits for the answer: if it does not arrive, the lease ends with its term. */
  private void release(long generation, boolean fulfilled) {
    var request =
        ReleaseLeaseRequest.newBuilder()
            .setNamespace(namespace)
            .setState(state.toMessage())
            .setGeneration(generation)
            .setFulfilled(fulfilled)
            .build();
    var _ =
        LeaseServiceGrpc.newFutureStub(channel).withDeadlineAfter(patience).releaseLease(request);
  }
}
