package dev.unmask.gateway;

import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.decoder.v1.DecoderServiceGrpc.DecoderServiceImplBase;
import dev.unmask.decoder.v1.DescribeModelsRequest;
import dev.unmask.decoder.v1.DescribeModelsResponse;
import dev.unmask.decoder.v1.DetokenizeRequest;
import dev.unmask.decoder.v1.DetokenizeResponse;
import dev.unmask.decoder.v1.GetLoadRequest;
import dev.unmask.decoder.v1.GetLoadResponse;
import dev.unmask.decoder.v1.PromptPieces;
import dev.unmask.decoder.v1.TokenizeRequest;
import dev.unmask.decoder.v1.TokenizeResponse;
import dev.unmask.decoder.v1.WatchPrefixesRequest;
import dev.unmask.decoder.v1.WatchPrefixesResponse;
import dev.unmask.prompt.Pieces;
import dev.unmask.type.v1.Model;
import dev.unmask.type.v1.TokenIds;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A worker that does what a test scripts: the gateway's real peer without a model. Speaks real gRPC
 * on a port of its own.
 */
public final class FakeWorker extends DecoderServiceImplBase implements AutoCloseable {
  /** A request to decode as it arrived. */
  public record Call(
      DecodeRequest request,
      ServerCallStreamObserver<DecodeResponse> gateway,
      Optional<Deadline> deadline,
      CompletableFuture<Void> cancelled) {}

  private final String name;
  private final List<Model> models;
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final List<StreamObserver<WatchPrefixesResponse>> watchers = new CopyOnWriteArrayList<>();
  private final Server server;
  private volatile Consumer<Call> script = Story::tell;
  private volatile GetLoadResponse load;

  private FakeWorker(String name, InetSocketAddress address, List<Model> models) {
    this.name = name;
    this.models = List.copyOf(models);
    this.load = GetLoadResponse.newBuilder().setWorker(name).setSlots(4).build();
    this.server =
        NettyServerBuilder.forAddress(address)
            .maxInboundMessageSize(16 << 20)
            .addService(this)
            .build();
  }

  /** Starts a worker on any free port. */
  public static FakeWorker start(String name, Model... models) {
    return start(name, 0, models);
  }

  /** Starts a worker on a port. */
  public static FakeWorker start(String name, int port, Model... models) {
    return start(name, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), models);
  }

  /** Starts a worker at an address. */
  public static FakeWorker start(String name, InetSocketAddress address, Model... models) {
    var worker = new FakeWorker(name, address, List.of(models));
    try {
      worker.server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return worker;
  }

  /** What to do with every request from now on. */
  public FakeWorker script(Consumer<Call> script) {
    this.script = script;
    return this;
  }

  /** What to report from now on. */
  public void load(int running, int waiting) {
    load = load.toBuilder().setRunning(running).setWaiting(waiting).build();
  }

  public int port() {
    return server.getPort();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  /** The next request that arrived; fails after ten seconds without one. */
  public Call next() throws InterruptedException {
    return Optional.ofNullable(calls.poll(10, TimeUnit.SECONDS)).orElseThrow();
  }

  /** Requests that arrived and were not taken with {@link #next}. */
  public int arrived() {
    return calls.size();
  }

  @Override
  public void decode(DecodeRequest request, StreamObserver<DecodeResponse> observer) {
    var gateway = (ServerCallStreamObserver<DecodeResponse>) observer;
    var cancelled = new CompletableFuture<Void>();
    gateway.setOnCancelHandler(() -> cancelled.complete(null));
    var deadline = Optional.ofNullable(Context.current().getDeadline());
    var call = new Call(request, gateway, deadline, cancelled);
    calls.add(call);
    script.accept(call);
  }

  @Override
  public void getLoad(GetLoadRequest request, StreamObserver<GetLoadResponse> observer) {
    observer.onNext(load);
    observer.onCompleted();
  }

  @Override
  public void describeModels(
      DescribeModelsRequest request, StreamObserver<DescribeModelsResponse> observer) {
    observer.onNext(DescribeModelsResponse.newBuilder().addAllModels(models).build());
    observer.onCompleted();
  }

  /** One token a character. */
  @Override
  public void tokenize(TokenizeRequest request, StreamObserver<TokenizeResponse> observer) {
    var tokens = TokenIds.newBuilder();
    request.getPrompt().getText().chars().forEach(tokens::addIds);
    observer.onNext(TokenizeResponse.newBuilder().setTokens(tokens).build());
    observer.onCompleted();
  }

  @Override
  public void detokenize(DetokenizeRequest request, StreamObserver<DetokenizeResponse> observer) {
    var text = new StringBuilder(name).append(':');
    request.getTokens().getIdsList().forEach(text::appendCodePoint);
    observer.onNext(DetokenizeResponse.newBuilder().setText(text.toString()).build());
    observer.onCompleted();
  }

  /** Holds nothing at first. */
  @Override
  public void watchPrefixes(
      WatchPrefixesRequest request, StreamObserver<WatchPrefixesResponse> observer) {
    observer.onNext(
        WatchPrefixesResponse.newBuilder().setSnapshot(PromptPieces.getDefaultInstance()).build());
    watchers.add(observer);
    ((ServerCallStreamObserver<WatchPrefixesResponse>) observer)
        .setOnCancelHandler(() -> watchers.remove(observer));
  }

  /** Gateways that watch now. */
  public int watchers() {
    return watchers.size();
  }

  /** Tells that the device holds the pieces of a prompt. */
  public void stored(Pieces pieces) {
    tell(WatchPrefixesResponse.newBuilder().setStored(message(pieces)).build());
  }

  /** Tells that the device does not hold the pieces of a prompt any more. */
  public void dropped(Pieces pieces) {
    tell(WatchPrefixesResponse.newBuilder().setDropped(message(pieces)).build());
  }

  private void tell(WatchPrefixesResponse event) {
    watchers.forEach(watcher -> watcher.onNext(event));
  }

  private static PromptPieces message(Pieces pieces) {
    return PromptPieces.newBuilder().addAllDigests(pieces.digests()).build();
  }

  /** Dies as a killed process does: connections break, nothing is said. */
  public void die() {
    server.shutdownNow();
  }

  @Override
  public void close() {
    die();
  }
}
