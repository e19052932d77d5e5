package dev.unmask.gateway.routing;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.gateway.routing.Choice.Chosen;
import dev.unmask.gateway.routing.Choice.Reason;
import dev.unmask.gateway.routing.Choice.Refused;
import dev.unmask.prompt.Pieces;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Chooses the worker of a request: the named one, else the one that holds the longest beginning of
 * its prompt, or that served its whole context last, unless that one is clearly more loaded, else
 * the less loaded of two drawn at random. Two choices keep the fullest worker nearly as empty as
 * all would, without every gateway rushing to the same one between two reports (Mitzenmacher, "The
 * power of two choices in randomized load balancing"). Safe for any thread when its random
 * generator is.
 */
public final class Router {
  private final Affinity affinity = new Affinity();
  private final RandomGenerator random;
  private final double margin;

  /**
   * A router that remembers nothing yet.
   *
   * @param margin load the worker that holds a beginning or a context may have more than another
   *     and still get it; unit: requests a slot
   */
  public Router(RandomGenerator random, double margin) {
    this.random = random;
    this.margin = margin;
  }

  /** Decides, and remembers who serves the context now. */
  public Choice choose(Ask ask, FleetView view) {
    var model = ask.context().model();
    var choice =
        ask.worker()
            .map(name -> named(name, model, view))
            .orElseGet(() -> free(ask, view.serving(model)));
    if (choice instanceof Chosen chosen) {
      affinity.served(ask.context(), chosen.worker().name());
    }
    return choice;
  }

  /** Decides for a question that leaves no state behind. */
  public Choice any(String model, FleetView view) {
    return lightest(model, view.serving(model));
  }

  private Choice named(String name, String model, FleetView view) {
    var worker = view.worker(name);
    if (worker.isEmpty()) {
      var known = view.workers().stream().map(WorkerView::name).collect(Collectors.joining(", "));
      return new Refused(
          new Problem.NotFound("worker", name, "no worker is named so; workers: " + known));
    }
    if (!worker.get().reachable()) {
      return unavailable("worker " + name + " cannot be reached");
    }
    return worker.get().serves(model)
        ? new Chosen(worker.get(), Reason.NAMED)
        : new Refused(Problem.BadRequest.of("worker", "must serve the model " + model));
  }

  private Choice free(Ask ask, List<WorkerView> serving) {
    var home = holder(ask.pieces(), serving).or(() -> last(ask.context(), serving));
    if (home.isEmpty() || serving.size() == 1) {
      return lightest(ask.context().model(), serving);
    }
    var worker = home.get().worker();
    var others = serving.stream().filter(other -> !other.equals(worker)).toList();
    var other = lighterOfTwo(others);
    return worker.load().pressure() <= other.load().pressure() + margin
        ? home.get()
        : new Chosen(other, Reason.LOAD);
  }

  /** Who holds the longest beginning of a prompt, the least loaded of those. */
  private static Optional<Chosen> holder(Pieces pieces, List<WorkerView> serving) {
    record Score(WorkerView worker, int pieces) {}

    return serving.stream()
        .map(worker -> new Score(worker, worker.held().leading(pieces)))
        .filter(score -> score.pieces() > 0)
        .max(
            Comparator.comparingInt(Score::pieces)
                .thenComparing(
                    score -> score.worker().load().pressure(), Comparator.reverseOrder()))
        .map(score -> new Chosen(score.worker(), Reason.PREFIX));
  }

  /** Who served a context last. */
  private Optional<Chosen> last(ContextKey context, List<WorkerView> serving) {
    return affinity
        .home(context)
        .flatMap(name -> serving.stream().filter(w -> w.name().equals(name)).findFirst())
        .map(worker -> new Chosen(worker, Reason.AFFINITY));
  }

  private Choice lightest(String model, List<WorkerView> serving) {
    return switch (serving.size()) {
      case 0 -> unavailable("no worker that serves the model " + model + " can be reached");
      case 1 -> new Chosen(serving.getFirst(), Reason.ONLY);
      default -> new Chosen(lighterOfTwo(serving), Reason.LOAD);
    };
  }

  private WorkerView lighterOfTwo(List<WorkerView> workers) {
    int first = random.nextInt(workers.size());
    if (workers.size() == 1) {
      return workers.getFirst();
    }
    int second = (first + 1 + random.nextInt(workers.size() - 1)) % workers.size();
    var one = workers.get(first);
    var two = workers.get(second);
    return two.load().pressure() < one.load().pressure() ? two : one;
  }

  private static Refused unavailable(String message) {
    return new Refused(new Problem.Unavailable(message, Limits.RETRY_DELAY));
  }
}
