package dev.unmask.worker.serving;

import dev.unmask.page.ExactContext;
import dev.unmask.worker.caching.D2Cache;
import dev.unmask.worker.caching.DllmCache;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.caching.SparseDllm;
import dev.unmask.worker.engine.StoredForward;
import dev.unmask.worker.pages.Fetched;
import dev.unmask.worker.pages.Need;
import dev.unmask.worker.pages.SharedForwards;
import dev.unmask.worker.unmask.Wino;
import java.util.Optional;

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

  /** The stored forward, with the keys and values the cache policy will attend to. */
  Fetched find() {
    return forwards.fetch(context, assignment.namespace(), need);
  }

  /** Hands a computed forward on; it is written behind the request. */
  void publish(StoredForward computed) {
    forwards.publish(context, assignment.namespace(), computed);
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
      case SparseDllm(double _, int _, int delay) ->
          delay > 0 ? Optional.of(Need.predictions(layout, generation)) : Optional.empty();
      case DllmCache _, D2Cache _ -> Optional.empty();
    };
  }
}
