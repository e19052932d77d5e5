package dev.unmask.gateway.session;

import com.google.common.hash.HashCode;
import dev.unmask.decoder.v1.DecodeRequest;
import dev.unmask.decoder.v1.DecodeResponse;
import dev.unmask.gateway.config.RoutingSettings;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.discovery.Endpoint;
import dev.unmask.gateway.routing.Ask;
import dev.unmask.gateway.routing.ContextKey;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.ManualTimer;
import dev.unmask.gateway.routing.Router;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.prompt.Pieces;
import dev.unmask.type.v1.Checkpoint;
import dev.unmask.type.v1.Commit;
import dev.unmask.type.v1.StepDelta;
import io.grpc.Deadline;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A session between a client and workers in this process, all on the test's thread. */
final class Stage implements AutoCloseable {
  static final Duration POLL = Duration.ofMillis(100);

  final ManualTimer timer = new ManualTimer();
  final AtomicLong nanoTime = new AtomicLong();
  final FakeClient client = new FakeClient();
  final Fleet fleet;
  final ReopenBudget budget = new ReopenBudget();
  private final Map<String, ScriptedWorker> workers;
  private final Switchboard switchboard;
  private Consumer<List<Endpoint>> told = _ -> {};

  private Stage(List<String> names) {
    workers =
        names.stream()
            .collect(
                Collectors.toMap(name -> name, ScriptedWorker::new, (a, b) -> a, TreeMap::new));
    fleet =
        Fleet.open(
            new RoutingSettings(POLL, 0.5),
            listener -> told = listener,
            worker -> InProcessChannelBuilder.forName(worker.authority()).directExecutor().build(),
            timer);
    become(names);
    switchboard =
        new Switchboard(fleet, new Router(new Random(1), 0.5), budget, timer, nanoTime::get);
  }

  /** Workers w1, w2 and so on. */
  static Stage of(int workers) {
    return new Stage(IntStream.rangeClosed(1, workers).mapToObj(n -> "w" + n).toList());
  }

  /** Only these workers are in the fleet from now on. */
  void become(List<String> names) {
    told.accept(names.stream().map(name -> Endpoint.at(new WorkerAddress(name, 1))).toList());
  }

  WorkerView view(String name) {
    return fleet.now().workers().stream()
        .filter(worker -> worker.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  ScriptedWorker worker(String name) {
    return workers.get(name);
  }

  Collection<ScriptedWorker> workers() {
    return workers.values();
  }

  /** Opens a request at a worker; the client did not name it. */
  GenerationSession open(String worker) {
    return open(view(worker), Optional.empty());
  }

  /** Opens a request at the worker that the client named. */
  GenerationSession openPinned(String worker) {
    return open(view(worker), Optional.of(worker));
  }

  GenerationSession open(WorkerView worker, Optional<String> named) {
    var session = new GenerationSession(client, switchboard);
    var context = new ContextKey("mini", HashCode.fromInt(1), 64);
    var request = DecodeRequest.newBuilder().setRequestId("r").setModel("mini").build();
    var time = new TimeLimit(Deadline.after(1, TimeUnit.HOURS), false);
    session.open(
        new Admitted(request, new Ask(context, Pieces.none(), named), Optional.empty(), time),
        worker);
    return session;
  }

  /** Lets time pass in small steps, so that what becomes due on the way runs on the way. */
  void pass(Duration time) {
    var step = Duration.ofMillis(50);
    for (var left = time; left.isPositive(); left = left.minus(step)) {
      nanoTime.addAndGet(step.toNanos());
      timer.advance(step);
    }
  }

  /** A step that commits tokens: position, token, position, token and so on. */
  static DecodeResponse step(int number, int... commits) {
    var delta = StepDelta.newBuilder().setStep(number).setRowsComputed(8);
    for (int i = 0; i < commits.length; i += 2) {
      delta.addCommits(Commit.newBuilder().setPosition(commits[i]).setToken(commits[i + 1]));
    }
    return DecodeResponse.newBuilder().setDelta(delta).build();
  }

  static DecodeResponse checkpoint(int block, int step, Integer... canvas) {
    return DecodeResponse.newBuilder()
        .setCheckpoint(
            Checkpoint.newBuilder().setBlock(block).setStep(step).addAllCanvas(List.of(canvas)))
        .build();
  }

  @Override
  public void close() {
    fleet.close();
    workers.values().forEach(ScriptedWorker::close);
  }
}
