package dev.unmask.bench.simulation.gateway;

import dev.unmask.bench.simulation.link.Link;
import dev.unmask.bench.simulation.link.Server;
import dev.unmask.bench.simulation.link.Weather;
import dev.unmask.bench.simulation.model.BrokenInvariant;
import dev.unmask.bench.simulation.time.Clock;
import dev.unmask.bench.simulation.time.Host;
import dev.unmask.bench.simulation.time.Timeline;
import dev.unmask.contract.Limits;
import dev.unmask.gateway.access.AccessInterceptor;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.gateway.admission.Admission;
import dev.unmask.gateway.admission.RequestIds;
import dev.unmask.gateway.admission.gate.Gate;
import dev.unmask.gateway.api.GenerationApi;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.Router;
import dev.unmask.gateway.routing.Timer;
import dev.unmask.gateway.session.Dispatcher;
import dev.unmask.gateway.session.ReopenBudget;
import dev.unmask.gateway.session.Switchboard;
import io.grpc.ServerInterceptors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A gateway: everything of the real one but Micronaut and sockets. */
public final class GatewayNode {
  private static final double AFFINITY_MARGIN = 0.5;

  private final Host host;
  private final Server server;
  private final Gate gate;
  private final Fleet fleet;
  private final ReopenBudget budget = new ReopenBudget();
  private final List<Link> links = new ArrayList<>();
  private final List<Endpoint> all;
  private Consumer<List<Endpoint>> discovered = _ -> {};
  private boolean over;

  /**
   * What one is made of.
   *
   * @param places for requests that wait
   * @param first requests at the workers before it has learned how many suit them
   * @param poll how often it asks workers for their load
   * @param tenants by what their calls say
   */
  public record Shape(int places, int first, RoutingSettings poll, Map<String, Tenant> tenants) {
    public Shape {
      tenants = Map.copyOf(tenants);
    }
  }

  /**
   * One that runs.
   *
   * @param workers it finds: who is there now
   * @param weather of its lines to them
   */
  public GatewayNode(
      Timeline timeline, Shape shape, List<Supplier<Optional<Server>>> workers, Weather weather) {
    all = endpoints(workers.size());
    host = new Host(timeline);
    var clock = new Clock(timeline);
    Timer timer = (delay, task) -> host.after(delay.toNanos(), task);
    gate = new Gate(clock::nanoTime, shape.places(), shape.first(), host);
    fleet =
        Fleet.open(
            shape.poll(),
            told -> {
              discovered = told;
              told.accept(all);
            },
            worker -> {
              var there = workers.get(worker.address().port() - 1);
              var link = new Link(timeline, host, there, weather, _ -> false);
              links.add(link);
              return link;
            },
            timer);
    var dispatcher =
        new Dispatcher(
            new Switchboard(
                fleet,
                new Router(timeline.random(), AFFINITY_MARGIN),
                budget,
                timer,
                clock::nanoTime),
            new Admission(new RequestIds(timeline.random())),
            gate,
            clock);
    var access = new AccessInterceptor(said -> shape.tenants().get(said.orElseThrow()));
    server =
        new Server(
            host,
            Runnable::run,
            List.of(ServerInterceptors.intercept(new GenerationApi(dispatcher), access)));
    sweep();
  }

  private static List<Endpoint> endpoints(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> Endpoint.at(new WorkerAddress("worker", number)))
        .toList();
  }

  /** Discovery does not find one of the workers any more. */
  public void loses(int worker) {
    var left = new ArrayList<>(all);
    left.remove(worker);
    discovered.accept(left);
  }

  /** Discovery finds all of them. */
  public void finds() {
    discovered.accept(all);
  }

  private void sweep() {
    host.after(
        Limits.GATEWAY_SWEEP.toNanos(),
        () -> {
          gate.sweep();
          if (!over) {
            sweep();
          }
        });
  }

  /** The process. */
  public Optional<Server> server() {
    return Optional.of(server);
  }

  /** Its process. */
  public Host host() {
    return host;
  }

  /** Breaks the line to one worker. */
  public void breakOff(int worker) {
    links.get(worker % links.size()).breakOff();
  }

  /** Requests that were opened anew. */
  public long reopened() {
    return budget.spent();
  }

  /** What is waiting and sent adds up. */
  public void check() {
    if (gate.sent() < 0 || gate.waiting() < 0) {
      throw new BrokenInvariant("I5", "the gate has lost count");
    }
  }

  /** Requests that wait or are at workers, and calls of clients. */
  public int taken() {
    return gate.sent() + gate.waiting() + server.calls();
  }

  /** It asks nobody any more how they do. */
  public void close() {
    over = true;
    fleet.close();
  }
}
