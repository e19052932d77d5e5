package dev.unmask.client;

import dev.unmask.contract.Limits;
import dev.unmask.pagecache.v1.EvictStatesRequest;
import dev.unmask.pagecache.v1.GetStatisticsRequest;
import dev.unmask.pagecache.v1.GetStatisticsResponse;
import dev.unmask.pagecache.v1.ListStatesRequest;
import dev.unmask.pagecache.v1.PageCacheAdminServiceGrpc;
import dev.unmask.pagecache.v1.PinStatesRequest;
import dev.unmask.pagecache.v1.SetQuotaRequest;
import dev.unmask.pagecache.v1.StoredState;
import dev.unmask.pagecache.v1.WatchStatesRequest;
import dev.unmask.pagecache.v1.WatchStatesResponse;
import dev.unmask.type.v1.PageKey;
import io.grpc.ManagedChannel;
import java.util.Collection;
import java.util.Iterator;
import java.util.function.Consumer;

/** What operators ask of one cache-service. Safe for several threads. */
public final class PageCacheAdmin implements AutoCloseable {
  private final ManagedChannel channel;
  private final PageCacheAdminServiceGrpc.PageCacheAdminServiceBlockingStub stub;

  private PageCacheAdmin(ManagedChannel channel) {
    this.channel = channel;
    this.stub = PageCacheAdminServiceGrpc.newBlockingStub(channel);
  }

  /** Talks to {@code host:port} as somebody. Connects with the first call. */
  public static PageCacheAdmin connect(String target, Credentials credentials) {
    return new PageCacheAdmin(
        credentials.channel(target).maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES).build());
  }

  /** How full the store is, what happened to it, and who holds how much. */
  public GetStatisticsResponse statistics() {
    return ClientException.translating(
        () -> asking().getStatistics(GetStatisticsRequest.getDefaultInstance()));
  }

  /** All states of a namespace, by name, piece by piece. */
  public void states(String namespace, Consumer<StoredState> listener) {
    var request = ListStatesRequest.newBuilder().setNamespace(namespace);
    do {
      var piece = ClientException.translating(() -> asking().listStates(request.build()));
      piece.getStatesList().forEach(listener);
      request.setPageToken(piece.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
  }

  /**
   * Pins or unpins states.
   *
   * @param states none: all that the namespace has now
   * @return how many changed
   */
  public long pin(String namespace, Collection<PageKey> states, boolean pinned) {
    var request =
        PinStatesRequest.newBuilder()
            .setNamespace(namespace)
            .addAllStates(states)
            .setPinned(pinned)
            .build();
    return ClientException.translating(() -> asking().pinStates(request).getChanged());
  }

  /**
   * Gives states up.
   *
   * @param states none: all of the namespace
   * @return how many it were
   */
  public long evict(String namespace, Collection<PageKey> states) {
    var request =
        EvictStatesRequest.newBuilder().setNamespace(namespace).addAllStates(states).build();
    return ClientException.translating(() -> asking().evictStates(request).getEvicted());
  }

  /**
   * Sets how much a namespace may hold.
   *
   * @param bytes 0: as much as there is
   */
  public void quota(String namespace, long bytes) {
    var request = SetQuotaRequest.newBuilder().setNamespace(namespace).setQuotaBytes(bytes).build();
    var _ = ClientException.translating(() -> asking().setQuota(request));
  }

  /**
   * States stored and given up, as it happens; ends when this is closed.
   *
   * @param namespace empty: all
   */
  public void watch(String namespace, Consumer<WatchStatesResponse> listener) {
    var request = WatchStatesRequest.newBuilder().setNamespace(namespace).build();
    Iterator<WatchStatesResponse> events =
        ClientException.translating(() -> stub.watchStates(request));
    while (ClientException.translating(events::hasNext)) {
      listener.accept(events.next());
    }
  }

  /** Ends all calls and the connection. */
  @Override
  public void close() {
    channel.shutdownNow();
  }

  private PageCacheAdminServiceGrpc.PageCacheAdminServiceBlockingStub asking() {
    return stub.withDeadlineAfter(Limits.QUERY_TIME);
  }
}
