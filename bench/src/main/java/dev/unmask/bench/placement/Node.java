package dev.unmask.bench.placement;

import dev.unmask.pagecache.v1.FindPagesRequest;
import dev.unmask.pagecache.v1.FindPagesResponse;
import dev.unmask.pagecache.v1.PageCacheServiceGrpc;
import dev.unmask.type.v1.PageKey;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An instance that answers its own number, and nothing else. */
final class Node extends PageCacheServiceGrpc.PageCacheServiceImplBase implements AutoCloseable {
  private final int number;
  private final HealthStatusManager health = new HealthStatusManager();
  private Server server;
  private int port;

  Node(int number) throws IOException {
    this.number = number;
    start();
  }

  /** Starts it, or starts it again where it was. */
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .addService(this)
            .addService(health.getHealthService())
            .build()
            .start();
    port = server.getPort();
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void serves(boolean serving) {
    health.setStatus("", serving ? ServingStatus.SERVING : ServingStatus.NOT_SERVING);
  }

  @Override
  public void findPages(FindPagesRequest request, StreamObserver<FindPagesResponse> out) {
    out.onNext(FindPagesResponse.newBuilder().addLengths(number).build());
    out.onCompleted();
  }

  /** A request that every node answers. */
  static FindPagesRequest request() {
    return FindPagesRequest.newBuilder()
        .setNamespace("a")
        .addKeys(PageKey.getDefaultInstance())
        .build();
  }

  /** Ends every connection at once. */
  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
