package dev.unmask.cache;

import dev.unmask.wire.PageSockets;
import dev.unmask.wire.ServerBounds;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A second way in, for workers on this host: the same services behind a Unix domain socket, which
 * costs the kernel less than TCP. Who may use it is decided by the permissions of the socket's
 * folder. A server of its own, because one gRPC server has one kind of socket.
 */
final class UnixListener implements AutoCloseable {
  private static final int STOP_SECONDS = 5;

  private final Path path;
  private final Server server;

  /** What is served, and by whom. */
  record Services(
      List<BindableService> services,
      List<ServerInterceptor> interceptors,
      ExecutorService executor) {}

  /**
   * Listens; a socket that a dead process has left is taken over.
   *
   * @throws IllegalStateException if the platform has no such sockets for us
   * @throws UncheckedIOException if the path cannot be used
   */
  UnixListener(Path path, PageSockets sockets, Services served) {
    if (!PageSockets.unix()) {
      throw new IllegalStateException("unmask.cache.socket needs epoll, which is not here");
    }
    this.path = path;
    try {
      Files.deleteIfExists(path);
      server = build(sockets, served).start();
    } catch (IOException e) {
      throw new UncheckedIOException("unmask.cache.socket " + path + " cannot be used", e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow();
      }
      Files.deleteIfExists(path);
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Server build(PageSockets sockets, Services served) {
    var builder =
        NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
            .executor(served.executor());
    sockets.serveUnix(builder);
    ServerBounds.usual().bound(builder);
    served.services().forEach(builder::addService);
    served.interceptors().forEach(builder::intercept);
    return builder.build();
  }
}
