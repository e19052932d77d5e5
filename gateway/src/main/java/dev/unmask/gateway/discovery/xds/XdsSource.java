package dev.unmask.gateway.discovery.xds;

import com.google.common.util.concurrent.ListenableFuture;
import dev.unmask.contract.Limits;
import dev.unmask.decoder.v1.DecoderServiceGrpc;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.gateway.discovery.Lookup;
import dev.unmask.gateway.discovery.Source;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker at every endpoint that a control plane has for a service. Where the control plane is,
 * gRPC's bootstrap file says. The channel to the service is never used to call anybody; it is kept
 * out of idle, so that gRPC's xDS client goes on watching. Safe for any thread.
 */
public final class XdsSource implements Source {
  /** So long that gRPC never takes a channel for idle. */
  private static final long NEVER_IDLE_DAYS = 365;

  private static final String OTHER_POLICY =
      "has a cluster that does not name the load-balancing policy " + DirectoryProvider.POLICY;

  private final String service;
  private volatile Optional<ManagedChannel> channel = Optional.empty();
  private volatile boolean closed;

  /** Workers of a service; under TLS they have its name. */
  public XdsSource(String service) {
    this.service = service;
  }

  @Override
  public void start(Consumer<Lookup> listener) {
    Consumer<Lookup> open =
        lookup -> {
          if (!closed) {
            listener.accept(lookup);
          }
        };
    var directory = new Directory(service, open);
    var opened =
        Grpc.newChannelBuilder(toString(), InsecureChannelCredentials.create())
            .setNameResolverArg(Directory.KEY, directory)
            .idleTimeout(NEVER_IDLE_DAYS, TimeUnit.DAYS)
            .build();
    channel = Optional.of(opened);
    watch(opened, directory, open);
  }

  private static void watch(
      ManagedChannel channel, Directory directory, Consumer<Lookup> listener) {
    var state = channel.getState(true);
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      askWhy(channel, listener);
    }
    // Ours lists before it is ready.
    if (state == ConnectivityState.READY && !directory.used()) {
      listener.accept(new Lookup.Failed(OTHER_POLICY));
    }
    if (state != ConnectivityState.SHUTDOWN) {
      channel.notifyWhenStateChanged(state, () -> watch(channel, directory, listener));
    }
  }

  /** A channel that failed answers any call with the reason. */
  private static void askWhy(ManagedChannel channel, Consumer<Lookup> listener) {
    var answer =
        DecoderServiceGrpc.newFutureStub(channel)
            .withDeadlineAfter(Limits.QUERY_TIME.toMillis(), TimeUnit.MILLISECONDS)
            .getLoad(GetLoadRequest.getDefaultInstance());
    answer.addListener(
        () -> {
          if (channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            listener.accept(new Lookup.Failed(reason(answer)));
          }
        },
        Runnable::run);
  }

  private static String reason(ListenableFuture<?> answer) {
    var status = Status.fromThrowable(answer.exceptionNow());
    return Optional.ofNullable(status.getDescription()).orElse(status.getCode().toString());
  }

  @Override
  public void close() {
    closed = true;
    channel.ifPresent(ManagedChannel::shutdownNow);
  }

  @Override
  public String toString() {
    return "xds:///" + service;
  }
}
