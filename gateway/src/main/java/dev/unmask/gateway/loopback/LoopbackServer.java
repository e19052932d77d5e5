package dev.unmask.gateway.loopback;

import dev.unmask.contract.Limits;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** The services behind a channel that leaves neither the process nor their interceptors out. */
public final class LoopbackServer implements AutoCloseable {
  private final Server server;
  private final ManagedChannel channel;

  private LoopbackServer(Server server, ManagedChannel channel) {
    this.server = server;
    this.channel = channel;
  }

  /**
   * Starts serving.
   *
   * @param services as the gateway's port serves them
   * @param interceptors as the gateway's port has them, in the same order
   * @param calls runs the callbacks of both sides
   */
  public static LoopbackServer start(
      List<BindableService> services, List<ServerInterceptor> interceptors, ExecutorService calls) {
    var name = InProcessServerBuilder.generateName();
    var builder = InProcessServerBuilder.forName(name).executor(calls);
    services.forEach(builder::addService);
    interceptors.forEach(builder::intercept);
    try {
      var server = builder.build().start();
      return new LoopbackServer(
          server, InProcessChannelBuilder.forName(name).executor(calls).build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where to call the services. */
  public Channel channel() {
    return channel;
  }

  /** Stops: calls under way get a short time to end. */
  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      var _ = server.awaitTermination(Limits.CHANNEL_STOP_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
