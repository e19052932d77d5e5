package dev.unmask.cache.admin;

import dev.unmask.cache.states.Administration;
import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Problems;
import dev.unmask.contract.Violation;
import dev.unmask.pagecache.v1.EvictStatesRequest;
import dev.unmask.pagecache.v1.EvictStatesResponse;
import dev.unmask.pagecache.v1.GetStatisticsRequest;
import dev.unmask.pagecache.v1.GetStatisticsResponse;
import dev.unmask.pagecache.v1.ListStatesRequest;
import dev.unmask.pagecache.v1.ListStatesResponse;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.pagecache.v1.PinStatesRequest;
import dev.unmask.pagecache.v1.PinStatesResponse;
import dev.unmask.pagecache.v1.SetQuotaRequest;
import dev.unmask.pagecache.v1.SetQuotaResponse;
import dev.unmask.pagecache.v1.WatchStatesRequest;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;

/** The service as gRPC sees it. Its calls are not counted with those that move pages. */
public final class AdminApi extends PageCacheAdminServiceGrpc.PageCacheAdminServiceImplBase {
  private final Administration administration;
  private final Supplier<Statistics> statistics;
  private final Watchers watchers;

  /** Rules a store. */
  public AdminApi(
      Administration administration, Supplier<Statistics> statistics, Watchers watchers) {
    this.administration = administration;
    this.statistics = statistics;
    this.watchers = watchers;
  }

  @Override
  public void getStatistics(
      GetStatisticsRequest request, StreamObserver<GetStatisticsResponse> out) {
    answer(out, () -> statistics.get().toMessage());
  }

  @Override
  public void listStates(ListStatesRequest request, StreamObserver<ListStatesResponse> out) {
    answer(out, () -> list(request));
  }

  @Override
  public void pinStates(PinStatesRequest request, StreamObserver<PinStatesResponse> out) {
    answer(
        out,
        () -> {
          var named = NamedStates.of(request.getNamespace(), request.getStatesList());
          long changed =
              administration
                  .pin(named.namespace(), named.keys(), request.getPinned())
                  .orElseThrow(named::notFound);
          return PinStatesResponse.newBuilder().setChanged(changed).build();
        });
  }

  @Override
  public void evictStates(EvictStatesRequest request, StreamObserver<EvictStatesResponse> out) {
    answer(
        out,
        () -> {
          var named = NamedStates.of(request.getNamespace(), request.getStatesList());
          long evicted =
              administration.evict(named.namespace(), named.keys()).orElseThrow(named::notFound);
          return EvictStatesResponse.newBuilder().setEvicted(evicted).build();
        });
  }

  @Override
  public void setQuota(SetQuotaRequest request, StreamObserver<SetQuotaResponse> out) {
    answer(
        out,
        () -> {
          var named = NamedStates.of(request.getNamespace(), List.of());
          if (request.getQuotaBytes() < 0) {
            throw bad("quota_bytes", "must be at most " + Long.MAX_VALUE);
          }
          administration.setQuota(named.namespace(), request.getQuotaBytes());
          return SetQuotaResponse.getDefaultInstance();
        });
  }

  @Override
  public void watchStates(WatchStatesRequest request, StreamObserver<WatchStatesResponse> out) {
    try {
      if (!request.getNamespace().isEmpty()) {
        NamedStates.of(request.getNamespace(), List.of());
      }
      watchers.add(request.getNamespace(), (ServerCallStreamObserver<WatchStatesResponse>) out);
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }

  private ListStatesResponse list(ListStatesRequest request) {
    var named = NamedStates.of(request.getNamespace(), List.of());
    if (request.getPageSize() < 0 || request.getPageSize() > Limits.ADMIN_STATES) {
      throw bad("page_size", "must be 0 to " + Limits.ADMIN_STATES);
    }
    int most = request.getPageSize() == 0 ? Limits.ADMIN_STATES : request.getPageSize();
    var states =
        administration
            .list(named.namespace(), PageToken.parse(request.getPageToken()), most)
            .orElseThrow(named::notFound);
    var response = ListStatesResponse.newBuilder();
    states.forEach(state -> response.addStates(Statistics.toMessage(state)));
    if (states.size() == most) {
      response.setNextPageToken(PageToken.after(states.getLast().name().key()));
    }
    return response.build();
  }

  static ProblemException bad(String field, String description) {
    return new ProblemException(new Problem.BadRequest(List.of(new Violation(field, description))));
  }

  private static <A> void answer(StreamObserver<A> out, Supplier<A> work) {
    try {
      out.onNext(work.get());
      out.onCompleted();
    } catch (ProblemException e) {
      out.onError(Problems.toStatus(e));
    }
  }
}
