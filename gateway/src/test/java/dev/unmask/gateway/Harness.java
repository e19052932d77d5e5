package dev.unmask.gateway;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.generation.v1.GenerationServiceGrpc;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceBlockingStub;
import dev.unmask.generation.v1.GenerationServiceGrpc.GenerationServiceStub;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A gateway in front of workers, with a client of plain defaults. */
public final class Harness implements AutoCloseable {
  /** After which a call fails, so that no test hangs. */
  public static final Duration CALL_TIME = Duration.ofSeconds(20);

  private final GatewayServer gateway;
  private final ManagedChannel channel;

  private Harness(GatewayServer gateway) {
    this.gateway = gateway;
    this.channel =
        NettyChannelBuilder.forAddress("127.0.0.1", gateway.port()).usePlaintext().build();
  }

  /** A gateway that asks its workers every 20 ms. */
  public static Harness before(FakeWorker... workers) {
    return at(Stream.of(workers).map(FakeWorker::address).collect(Collectors.joining(",")));
  }

  /** A gateway whose workers may not be there. */
  public static Harness at(String workers) {
    return with(Map.of("unmask.gateway.workers", workers));
  }

  /** A gateway with more settings. */
  public static Harness with(Map<String, Object> settings) {
    var all = new HashMap<String, Object>();
    all.put("grpc.server.port", 0);
    all.put("micronaut.server.port", 0);
    all.put("unmask.gateway.poll-interval", "20ms");
    all.putAll(settings);
    return new Harness(GatewayServer.start(all));
  }

  /** Where gRPC is served. */
  public int port() {
    return gateway.port();
  }

  /** Where HTTP is served. */
  public URI http() {
    return URI.create("http://127.0.0.1:" + gateway.httpPort().orElseThrow());
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** A stub whose calls fail after {@link #CALL_TIME}. */
  public GenerationServiceBlockingStub blocking() {
    return GenerationServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(CALL_TIME.toSeconds(), TimeUnit.SECONDS);
  }

  public GenerationServiceStub async() {
    return GenerationServiceGrpc.newStub(channel);
  }

  /** All events of a generation. */
  public List<GenerateResponse> generate(GenerateRequest request) {
    var events = new ArrayList<GenerateResponse>();
    blocking().generate(request).forEachRemaining(events::add);
    return events;
  }

  /** A detail of a status. */
  public static <M extends Message> Optional<M> detail(
      StatusRuntimeException failure, Class<M> type) {
    try {
      for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
        if (detail.is(type)) {
          return Optional.of(detail.unpack(type));
        }
      }
      return Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    gateway.close();
  }
}
