package dev.unmask.bench.simulation.link;

import dev.unmask.bench.simulation.time.Clock;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Schedule;
import dev.unmask.bench.simulation.time.Timeline;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A line from one process to another, as gRPC's channel. It stands for HTTP/2 over TCP, so that
 *
 * <ul>
 *   <li>messages of one call and direction arrive in their order, each once, after a delay; the
 *       calls of a link overtake each other,
 *   <li>a message that is held back holds back all of its call behind it,
 *   <li>nothing is lost alone: the connection breaks, what is under way in either direction is
 *       lost, the client hears UNAVAILABLE, the server that its call was cancelled, each in its
 *       time,
 *   <li>a server that is gone, or cannot be reached, is UNAVAILABLE; one that is stopped takes
 *       everything and answers nothing until it goes on,
 *   <li>what had arrived when a client cancelled its call may still be heard of,
 *   <li>a sender is asked to wait once a window of messages is under way; one that does not is not
 *       stopped,
 *   <li>a byte may change on the way where a page is in the message, which TCP's own checksum does
 *       not always see.
 * </ul>
 */
public final class Link extends ManagedChannel {
  /** What a client tells itself when the deadline of its call has passed. */
  public static final String DEADLINE = "the deadline";

  /** What both ends are made of. */
  record Ground(Timeline timeline, Clock clock, Schedule schedule) {}

  private final Ground ground;
  private final Host client;
  private final Supplier<Optional<Server>> server;
  private final Weather weather;
  private final Predicate<String> damageable;
  private final Set<Connection> calls = new LinkedHashSet<>();

  /**
   * A line that is there.
   *
   * @param client whose line it is
   * @param server who is at the other end now; empty: nobody
   * @param damageable names of methods whose answers may be damaged
   */
  public Link(
      Timeline timeline,
      Host client,
      Supplier<Optional<Server>> server,
      Weather weather,
      Predicate<String> damageable) {
    this.ground = new Ground(timeline, new Clock(timeline), new Schedule(timeline));
    this.client = client;
    this.server = server;
    this.weather = weather;
    this.damageable = damageable;
  }

  Ground ground() {
    return ground;
  }

  Host client() {
    return client;
  }

  Optional<Server> server() {
    return server.get().filter(there -> !there.host().dead());
  }

  Weather weather() {
    return weather;
  }

  boolean damages(String method) {
    return damageable.test(method) && weather.damages(ground.timeline());
  }

  void began(Connection call) {
    calls.add(call);
  }

  void over(Connection call) {
    calls.remove(call);
  }

  /** Breaks the connection: all calls that are under way end. */
  public void breakOff() {
    ground.timeline().note("a connection breaks", calls.size());
    List.copyOf(calls).forEach(Connection::broken);
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new ClientEnd<>(this, method, options);
  }

  @Override
  public String authority() {
    return "simulated";
  }

  @Override
  public ManagedChannel shutdown() {
    return this;
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public ManagedChannel shutdownNow() {
    List.copyOf(calls).forEach(Connection::broken);
    return this;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
