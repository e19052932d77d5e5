package dev.unmask.worker.serving;

import dev.unmask.page.ExactContext;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.engine.StoredForward;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.Need;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.unmask.Wino;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The first full forward of a request, which all requests with the same prompt and generation
 * length have in common (sharing mode EXACT): found where another computed it, or published once it
 * is computed here.
 */
final class FirstForward {
  private final Assignment assignment;
  private final SharedForwards forwards;
  private final ExactContext context;

  private final Need need;

  private FirstForward(Assignment assignment, SharedForwards forwards, Need need) {
    this.assignment = assignment;
    this.forwards = forwards;
    this.need = need;
    context =
        new ExactContext(
            assignment.model().program(),
            assignment.prompt(),
            assignment.method().generationLength());
  }

  /**
   * The first forward of a request, if it is one that others can use: a method whose first step
   * leaves more than keys, values and predictions shares nothing.
   */
  static Optional<FirstForward> of(Assignment assignment, SharedForwards forwards) {
    var method = assignment.method();
    if (method.guidance().isPresent() || method.unmask() instanceof Wino) {
      return Optional.empty();
    }
    return need(assignment).map(need -> new FirstForward(assignment, forwards, need));
  }

  /**
   * Looks it up, with the keys and values the cache policy will attend to.
   *
   * @param compute estimates computing it now; empty if nothing was measured yet
   */
  Lookup<StoredForward> find(Supplier<Optional<Duration>> compute) {
    return forwards.fetch(context, assignment.namespace(), need, compute);
  }

  /** What was found stands in the request's state now; putting it there took so long. */
  void restored(Lookup.Found<StoredForward> found, Duration restoring) {
    forwards.restored(found, restoring);
  }

  /**
   * To be computed here, and published then.
   *
   * @param lease that others wait on until then
   */
  Duty duty(Lease lease) {
    return new Duty(lease);
  }

  /** What is left to do once the forward was computed; closing it gives up what was not done. */
  final class Duty implements AutoCloseable {
    private final Lease lease;
    private boolean done;

    private Duty(Lease lease) {
      this.lease = lease;
    }

    /** Positions to publish. */
    int positions() {
      return publishedPositions();
    }

    /** Hands the computed forward on; it is written behind the request. */
    void publish(StoredForward computed, Duration cost) {
      done = true;
      forwards.publish(context, assignment.namespace(), computed, cost, lease);
    }

    @Override
    public void close() {
      if (!done) {
        lease.close();
      }
    }
  }

  /** Positions to publish: all that the first step keeps, whoever will need how many of them. */
  int publishedPositions() {
    return need.positions() == 0 ? 0 : assignment.canvasLength();
  }

  private static Optional<Need> need(Assignment assignment) {
    var layout = assignment.model().engine().pageLayout();
    int prompt = assignment.prompt().length;
    int generation = assignment.method().generationLength();
    return switch (assignment.method().cache()) {
      case NoCache _ -> Optional.of(Need.predictions(layout, generation));
      case PrefixCache _ -> Optional.of(Need.prompt(layout, prompt, generation));
      case DualCache _ -> Optional.of(Need.canvas(layout, prompt, generation));
      case SparseDllm cache when cache.delay() == 0 -> Optional.empty();
      case SparseDllm cache ->
          Optional.of(
              cache.freezes()
                  ? Need.prompt(layout, prompt, generation)
                  : Need.predictions(layout, generation));
      case DllmCache _, D2Cache _ -> Optional.empty();
    };
  }
}
