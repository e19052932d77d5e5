package dev.unmask.cache;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
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
  private final EventLoopGroup boss;
  private final EventLoopGroup workers;
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
  UnixListener(Path path, Services served) {
    if (!Epoll.isAvailable()) {
      throw new IllegalStateException(
          "unmask.cache.socket needs epoll, which is not here", Epoll.unavailabilityCause());
    }
    this.path = path;
    this.boss = loops(1);
    this.workers = loops(0);
    try {
      Files.deleteIfExists(path);
      server = build(served).start();
    } catch (IOException e) {
      stopLoops();
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
    } finally {
      stopLoops();
    }
  }

  private Server build(Services served) {
    var builder =
        NettyServerBuilder.forAddress(new DomainSocketAddress(path.toFile()))
            .channelType(EpollServerDomainSocketChannel.class)
            .bossEventLoopGroup(boss)
            .workerEventLoopGroup(workers)
            .executor(served.executor());
    Transport.bound(builder);
    served.services().forEach(builder::addService);
    served.interceptors().forEach(builder::intercept);
    return builder.build();
  }

  private static EventLoopGroup loops(int threads) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory("unix-listener", true), EpollIoHandler.newFactory());
  }

  private void stopLoops() {
    var _ = boss.shutdownGracefully();
    var _ = workers.shutdownGracefully();
  }
}
