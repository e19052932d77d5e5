package dev.unmask.wire;

import dev.unmask.contract.Limits;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sockets, threads and buffers of one side of a page transport: epoll where the platform has it,
 * else NIO. Safe for several threads; close it after the channels and servers that use it.
 */
public final class PageSockets implements AutoCloseable {
  private static final int RECEIVE_BYTES = 128 << 10;
  private static final int MEMORY_PAGE_BYTES = 8192;

  /**
   * Memory is taken in chunks of 8 KiB times 2 to the power of this: several messages, so that it
   * is not given back to the system, and zeroed and faulted in again, between two of them.
   */
  private static final int CHUNK_ORDER = 11;

  private final EventLoopGroup loops;
  private final ByteBufAllocator memory;
  private final Duration stall;

  /**
   * Begins with no connection.
   *
   * @param name of the threads
   * @param threads that move bytes, at least 1
   */
  public PageSockets(String name, int threads) {
    this(name, threads, Limits.PAGE_STALL_TIME);
  }

  /**
   * Begins with no connection.
   *
   * @param name of the threads
   * @param threads that move bytes, at least 1
   * @param stall longest a reader may take nothing before a server ends its call
   */
  public PageSockets(String name, int threads, Duration stall) {
    this.stall = stall;
    loops =
        new MultiThreadIoEventLoopGroup(
            threads,
            new DefaultThreadFactory(name, true),
            Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    memory =
        new PooledByteBufAllocator(
            true,
            0,
            threads,
            MEMORY_PAGE_BYTES,
            CHUNK_ORDER,
            PooledByteBufAllocator.defaultSmallCacheSize(),
            PooledByteBufAllocator.defaultNormalCacheSize(),
            false);
  }

  /** Whether there are Unix domain sockets here. */
  public static boolean unix() {
    return Epoll.isAvailable();
  }

  /** Lets a server use these, on TCP. */
  public void serve(NettyServerBuilder server) {
    serve(
        server, Epoll.isAvailable() ? EpollServerSocketChannel::new : NioServerSocketChannel::new);
  }

  /** Lets a server use these, on a Unix domain socket. */
  public void serveUnix(NettyServerBuilder server) {
    serve(server, EpollServerDomainSocketChannel::new);
  }

  /** Lets a client use these, on TCP. */
  public void connect(NettyChannelBuilder client) {
    ChannelFactory<Channel> sockets =
        Epoll.isAvailable() ? EpollSocketChannel::new : NioSocketChannel::new;
    bound(client.channelFactory(() -> connecting(sockets), InetSocketAddress.class));
    if (Epoll.isAvailable()) {
      probe(client);
    }
  }

  /** Lets a client use these, on a Unix domain socket. */
  public void connectUnix(NettyChannelBuilder client) {
    ChannelFactory<Channel> sockets = EpollDomainSocketChannel::new;
    bound(client.channelFactory(() -> connecting(sockets), DomainSocketAddress.class));
  }

  /** Does something again and again, until this is closed. It must not block. */
  public void every(Duration time, Runnable action) {
    var _ =
        loops.scheduleWithFixedDelay(action, time.toNanos(), time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    var _ = loops.shutdownGracefully();
  }

  private void serve(NettyServerBuilder server, ChannelFactory<ServerChannel> sockets) {
    server
        .channelFactory(() -> accepting(sockets))
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .callExecutor(new TransportThreads())
        .withChildOption(ChannelOption.ALLOCATOR, memory)
        .withChildOption(
            ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .flowControlWindow(Limits.PAGE_WINDOW_BYTES)
        .permitKeepAliveTime(Limits.KEEPALIVE_TIME.toMillis() / 2, TimeUnit.MILLISECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private void bound(NettyChannelBuilder client) {
    client
        .eventLoopGroup(loops)
        .withOption(ChannelOption.ALLOCATOR, memory)
        .withOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
        .withOption(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            Math.toIntExact(Limits.CACHE_SILENCE_TIME.toMillis()))
        .maxInboundMessageSize(Limits.PAGE_MESSAGE_BYTES)
        .flowControlWindow(Limits.PAGE_WINDOW_BYTES)
        .keepAliveTime(Limits.KEEPALIVE_TIME.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveTimeout(Limits.CACHE_SILENCE_TIME.toMillis(), TimeUnit.MILLISECONDS)
        .keepAliveWithoutCalls(true);
  }

  /**
   * gRPC probes no sooner than after ten seconds, and so finds a process that hangs. That a host is
   * gone the system finds sooner: by bytes that nobody confirms, or by probes of its own.
   */
  private static void probe(NettyChannelBuilder client) {
    int seconds = Math.toIntExact(Limits.CACHE_SILENCE_TIME.toSeconds());
    client
        .withOption(
            EpollChannelOption.TCP_USER_TIMEOUT,
            Math.toIntExact(Limits.CACHE_SILENCE_TIME.toMillis()))
        .withOption(ChannelOption.SO_KEEPALIVE, true)
        .withOption(EpollChannelOption.TCP_KEEPIDLE, seconds)
        .withOption(EpollChannelOption.TCP_KEEPINTVL, 1)
        .withOption(EpollChannelOption.TCP_KEEPCNT, seconds);
  }

  private static Channel connecting(ChannelFactory<Channel> sockets) {
    var connection = sockets.newChannel();
    connection.pipeline().addFirst(new WideFrames(Optional.empty()));
    return connection;
  }

  private ServerChannel accepting(ChannelFactory<ServerChannel> sockets) {
    var server = sockets.newChannel();
    server.pipeline().addFirst(new Accepting(stall));
    return server;
  }

  /** Prepares each connection as it is accepted. */
  private static final class Accepting extends ChannelInboundHandlerAdapter {
    private final Duration stall;

    Accepting(Duration stall) {
      this.stall = stall;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
      if (accepted instanceof Channel connection) {
        connection.pipeline().addFirst(new WideFrames(Optional.of(stall)));
      }
      context.fireChannelRead(accepted);
    }
  }
}
