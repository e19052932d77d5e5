package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.link.ClientEnd.Trailers;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;

/** The server's end of a call. What its listener is told, it is told in turn. */
final class ServerEnd<Q, A> extends ServerCall<Q, A> {
  private final ClientEnd<?, ?> client;
  private final Server server;
  private final ServerMethodDefinition<Q, A> method;
  private final Queue<Runnable> turns = new ArrayDeque<>();
  private Context.CancellableContext context = Context.ROOT.withCancellation();
  private Optional<Listener<Q>> listener = Optional.empty();
  private boolean running;
  private boolean over;
  private boolean cancelled;

  ServerEnd(ClientEnd<?, ?> client, Server server, ServerMethodDefinition<Q, A> method) {
    this.client = client;
    this.server = server;
    this.method = method;
  }

  void start(Metadata headers, OptionalLong left) {
    var ground = client.link().ground();
    left.ifPresent(nanos -> {
      context = Context.ROOT.withDeadline(ground.clock().after(nanos), ground.schedule());
      server.host().after(nanos, this::cancelled);
    });
    server.accepted(client);
    inTurn(() -> {
      listener = Optional.of(method.getServerCallHandler().startCall(this, headers));
      listener.get().onReady();
    });
  }

  void message(byte[] bytes) {
    inTurn(() ->
        listener.ifPresent(there ->
            there.onMessage(method.getMethodDescriptor().parseRequest(Wire.stream(bytes)))));
  }

  void halfClosed() {
    inTurn(() -> listener.ifPresent(Listener::onHalfClose));
  }

  void ready() {
    inTurn(() -> listener.ifPresent(Listener::onReady));
  }

  /** The client is gone, or its time is over. */
  void cancelled() {
    if (over) {
      return;
    }
    over = true;
    cancelled = true;
    server.over(client);
    inTurn(() -> {
      listener.ifPresent(Listener::onCancel);
      context.cancel(null);
    });
  }

  /** A process that is stopped gets to it once it goes on. */
  private void inTurn(Runnable task) {
    turns.add(task);
    if (!running) {
      running = true;
      server.host().hear(() -> server.executor().execute(this::drain));
    }
  }

  private void drain() {
    for (var next = turns.poll(); next != null; next = turns.poll()) {
      context.run(next);
    }
    running = false;
  }

  @Override
  public void request(int more) {
    client.requests().want(more);
  }

  @Override
  public void sendHeaders(Metadata headers) {
    // They say nothing here.
  }

  @Override
  public void sendMessage(A message) {
    if (over) {
      return;
    }
    var link = client.link();
    if (link.weather().breaks(link.ground().timeline())) {
      link.ground().timeline().soon(link::breakOff);
    }
    client.answers().send(Wire.bytes(method.getMethodDescriptor().streamResponse(message)));
  }

  @Override
  public boolean isReady() {
    return !over && client.answers().free();
  }

  @Override
  public void close(Status status, Metadata trailers) {
    if (over) {
      return;
    }
    over = true;
    server.over(client);
    client.answers().end(new Trailers(status, trailers));
    inTurn(() -> {
      listener.ifPresent(Listener::onComplete);
      context.cancel(null);
    });
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public MethodDescriptor<Q, A> getMethodDescriptor() {
    return method.getMethodDescriptor();
  }
}
