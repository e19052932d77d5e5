package dev.unmask.worker.pages.placement;

import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.FindPagesResponse;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cache-service that remembers which states it was asked about, and can be ill. */
final class CountingCache extends PageCacheServiceGrpc.PageCacheServiceImplBase
    implements AutoCloseable {
  private final Set<String> asked = ConcurrentHashMap.newKeySet();
  private final HealthStatusManager health = new HealthStatusManager();
  private final Server server;
  private volatile boolean mute;

  /** On a port; 0 for a free one. */
  CountingCache(int port) {
    try {
      server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .addService(ServerInterceptors.intercept(this, new Remembering()))
              .addService(health.getHealthService())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  /** States asked about since the last time. */
  Set<String> asked() {
    var all = Set.copyOf(asked);
    asked.removeAll(all);
    return all;
  }

  void serves(boolean serving) {
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  /** Whether it answers nothing. */
  void mute(boolean silent) {
    mute = silent;
  }

  @Override
  public void findPages(FindPagesRequest request, StreamObserver<FindPagesResponse> out) {
    if (!mute) {
      var response = FindPagesResponse.newBuilder();
      request.getKeysList().forEach(_ -> response.addLengths(0));
      out.onNext(response.build());
      out.onCompleted();
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Remembering implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      asked.add(headers.get(Placed.STATE));
      return next.startCall(call, headers);
    }
  }
}
