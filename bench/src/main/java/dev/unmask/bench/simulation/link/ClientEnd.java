package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.time.Timeline;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The client's end of a call. */
final class ClientEnd<Q, A> extends ClientCall<Q, A> implements Connection {
  /** What ends a call. */
  record Trailers(Status status, Metadata metadata) {}

  private static final long NOTICED = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long NOTICED_LATE = TimeUnit.SECONDS.toNanos(20);

  private final Link link;
  private final MethodDescriptor<Q, A> method;
  private final CallOptions options;
  private final Executor executor;
  private final Lane<Boolean> requests;
  private final Lane<Trailers> answers;
  private Optional<Listener<A>> listener = Optional.empty();
  private Optional<ServerEnd<?, ?>> served = Optional.empty();
  private Optional<Timeline.Event> alarm = Optional.empty();
  private boolean cancelled;

  /** Nothing of it reaches the server any more, but that it is cancelled. */
  private boolean gone;

  private boolean over;

  ClientEnd(Link link, MethodDescriptor<Q, A> method, CallOptions options) {
    this.link = link;
    this.method = method;
    this.options = options;
    executor = Optional.ofNullable(options.getExecutor()).orElse(Runnable::run);
    requests =
        new Lane<>(
            link,
            message -> served.ifPresent(end -> end.message(message)),
            _ -> served.ifPresent(ServerEnd::halfClosed),
            () -> hear(Listener::onReady));
    answers =
        new Lane<>(
            link,
            message -> hear(there -> there.onMessage(parse(message))),
            this::close,
            () -> served.ifPresent(ServerEnd::ready));
  }

  /** How messages and the end come back. */
  Lane<Trailers> answers() {
    return answers;
  }

  Lane<Boolean> requests() {
    return requests;
  }

  Link link() {
    return link;
  }

  @Override
  public void start(Listener<A> hearing, Metadata headers) {
    listener = Optional.of(hearing);
    link.began(this);
    var left = left();
    left.ifPresent(nanos ->
        alarm =
            Optional.of(
                link.client()
                    .after(nanos, () -> cancelled(Status.DEADLINE_EXCEEDED, Link.DEADLINE))));
    long takes = link.weather().takes(timeline());
    timeline()
        .after(takes, () -> accept(headers, left.stream().map(nanos -> nanos - takes).findFirst()));
    timeline().soon(() -> hear(Listener::onReady));
  }

  private void accept(Metadata headers, OptionalLong left) {
    if (over || gone) {
      return;
    }
    var server = link.server();
    var there = server.flatMap(process -> process.method(method.getFullMethodName()));
    if (server.isEmpty() || link.weather().breaks(timeline())) {
      answers.cut(Optional.of(unavailable("cannot be reached")), 0);
    } else if (there.isEmpty()) {
      answers.cut(Optional.of(new Trailers(Status.UNIMPLEMENTED, new Metadata())), 0);
    } else {
      var end = new ServerEnd<>(this, server.get(), there.get());
      served = Optional.of(end);
      end.start(headers, left);
    }
  }

  private OptionalLong left() {
    return Stream.of(
            Optional.ofNullable(options.getDeadline()),
            Optional.ofNullable(Context.current().getDeadline()))
        .flatMap(Optional::stream)
        .mapToLong((Deadline deadline) -> link.ground().clock().left(deadline))
        .min();
  }

  @Override
  public void request(int more) {
    answers.want(more);
  }

  @Override
  public void cancel(String message, Throwable cause) {
    cancelled(Status.CANCELLED, String.valueOf(message));
  }

  private void cancelled(Status how, String why) {
    if (over || cancelled) {
      return;
    }
    cancelled = true;
    requests.cut(Optional.empty(), 0);
    cancelServer();
    timeline()
        .after(
            timeline().random().nextLong(NOTICED),
            () -> {
              answers.cut(Optional.empty(), 0);
              close(new Trailers(how.withDescription(why), new Metadata()));
            });
  }

  private void cancelServer() {
    gone = true;
    timeline()
        .after(link.weather().takes(timeline()), () -> served.ifPresent(ServerEnd::cancelled));
  }

  @Override
  public void halfClose() {
    requests.end(true);
  }

  @Override
  public boolean isReady() {
    return !over && !cancelled && requests.free();
  }

  @Override
  public void sendMessage(Q message) {
    if (over || cancelled) {
      return;
    }
    if (link.weather().breaks(timeline())) {
      timeline().soon(link::breakOff);
    }
    requests.send(Wire.bytes(method.streamRequest(message)));
  }

  private A parse(byte[] message) {
    timeline().note(method.getFullMethodName(), Arrays.hashCode(message));
    if (link.damages(method.getFullMethodName())) {
      message[timeline().random().nextInt(message.length)] ^=
          (byte) (1 << timeline().random().nextInt(Byte.SIZE));
    }
    return method.parseResponse(Wire.stream(message));
  }

  @Override
  public void broken() {
    if (over) {
      return;
    }
    boolean late = timeline().random().nextInt(8) == 0;
    requests.cut(Optional.empty(), 0);
    answers.cut(Optional.of(unavailable("the connection broke")), late ? NOTICED_LATE : NOTICED);
    cancelServer();
  }

  private static Trailers unavailable(String why) {
    return new Trailers(Status.UNAVAILABLE.withDescription(why), new Metadata());
  }

  private void close(Trailers trailers) {
    if (over) {
      return;
    }
    over = true;
    link.over(this);
    alarm.ifPresent(Timeline.Event::callOff);
    timeline().note(method.getBareMethodName(), trailers.status().getCode().value());
    say(there -> there.onClose(trailers.status(), trailers.metadata()));
  }

  private void hear(Consumer<Listener<A>> what) {
    if (!over) {
      say(what);
    }
  }

  /** A process that is stopped hears nothing until it goes on. */
  private void say(Consumer<Listener<A>> what) {
    link.client().hear(() -> executor.execute(() -> listener.ifPresent(what)));
  }

  private Timeline timeline() {
    return link.ground().timeline();
  }
}
