package dev.unmask.cache.api;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import dev.unmask.cache.lease.Decision;
import dev.unmask.cache.lease.LeasedState;
import dev.unmask.cache.lease.Leases;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.contract.Violation;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.AcquireLeaseRequest;
import dev.unmask.pagecache.v1.AcquireLeaseResponse;
import dev.unmask.pagecache.v1.LeaseFulfilled;
import dev.unmask.pagecache.v1.LeaseGranted;
import dev.unmask.pagecache.v1.LeaseHeld;
import dev.unmask.pagecache.v1.LeaseServiceGrpc;
import dev.unmask.pagecache.v1.ReleaseLeaseRequest;
import dev.unmask.pagecache.v1.ReleaseLeaseResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Leases as gRPC sees them. A caller that waits holds no thread; one that hangs up, no place. */
public final class LeaseApi extends LeaseServiceGrpc.LeaseServiceImplBase {
  private final Leases leases;

  /** Serves leases. */
  public LeaseApi(Leases leases) {
    this.leases = leases;
  }

  @Override
  public void acquireLease(AcquireLeaseRequest request, StreamObserver<AcquireLeaseResponse> out) {
    try {
      check(request);
      var state = state(request.getNamespace(), request.getState());
      var decision = leases.acquire(state, time(request.getTerm()), time(request.getWait()));
      var call = (ServerCallStreamObserver<AcquireLeaseResponse>) out;
      call.setOnCancelHandler(() -> decision.cancel(false));
      var _ = decision.thenAccept(made -> tell(state, made, call));
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  @Override
  public void releaseLease(ReleaseLeaseRequest request, StreamObserver<ReleaseLeaseResponse> out) {
    try {
      require(names(request.getNamespace(), request.getState()));
      boolean held =
          leases.release(
              state(request.getNamespace(), request.getState()),
              request.getGeneration(),
              request.getFulfilled());
      out.onNext(ReleaseLeaseResponse.newBuilder().setHeld(held).build());
      out.onCompleted();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  /** A lease that its caller does not live to hear of is the next one's. */
  private void tell(
      LeasedState state, Decision decision, ServerCallStreamObserver<AcquireLeaseResponse> call) {
    if (call.isCancelled()) {
      if (decision instanceof Decision.Granted(long generation)) {
        leases.release(state, generation, false);
      }
      return;
    }
    call.onNext(message(decision));
    call.onCompleted();
  }

  private static AcquireLeaseResponse message(Decision decision) {
    var response = AcquireLeaseResponse.newBuilder();
    switch (decision) {
      case Decision.Granted(long generation) ->
          response.setGranted(LeaseGranted.newBuilder().setGeneration(generation));
      case Decision.Fulfilled() -> response.setFulfilled(LeaseFulfilled.getDefaultInstance());
      case Decision.Held() -> response.setHeld(LeaseHeld.getDefaultInstance());
    }
    return response.build();
  }

  private static void check(AcquireLeaseRequest request) {
    var violations = names(request.getNamespace(), request.getState());
    bound("term", request.getTerm(), Durations.fromNanos(1)).ifPresent(violations::add);
    bound("wait", request.getWait(), Durations.ZERO).ifPresent(violations::add);
    require(violations);
  }

  private static List<Violation> names(String namespace, dev.unmask.type.v1.PageKey state) {
    var violations = new ArrayList<>(Names.check(namespace));
    violations.addAll(Names.check("state.digest", state));
    return violations;
  }

  private static Optional<Violation> bound(String field, Duration time, Duration least) {
    boolean within =
        Durations.isValid(time)
            && Durations.compare(time, least) >= 0
            && Durations.compare(time, Durations.fromNanos(Limits.LEASE_TIME.toNanos())) <= 0;
    String from = Durations.isPositive(least) ? "above 0" : "0";
    return within
        ? Optional.empty()
        : Optional.of(
            new Violation(
                field, "must be " + from + " to " + Limits.LEASE_TIME.toSeconds() + " s"));
  }

  private static void require(List<Violation> violations) {
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
  }

  private static LeasedState state(String namespace, dev.unmask.type.v1.PageKey name) {
    return new LeasedState(namespace, PageKey.of(name));
  }

  private static java.time.Duration time(Duration time) {
    return java.time.Duration.ofNanos(Durations.toNanos(time));
  }
}
