package dev.unmask.worker.serving;

import dev.unmask.page.ExactContext;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.engine.StoredForward;
import dev.unmask.worker.pages.Fetched;
import dev.unmask.worker.pages.Need;
import dev.unmask.worker.pages.SharedForwards;

/**
 * The first full forward of a request, which all requests with the same prompt and generation
 * length have in common (sharing mode EXACT): found where another computed it, or published once it
 * is computed here.
 */
final class FirstForward {
  private final Assignment assignment;
  private final SharedForwards forwards;
  private final ExactContext context;

  FirstForward(Assignment assignment, SharedForwards forwards) {
    this.assignment = assignment;
    this.forwards = forwards;
    context =
        new ExactContext(
            assignment.model().program(),
            assignment.prompt(),
            assignment.method().generationLength());
  }

  /** The stored forward, with the keys and values the cache policy will attend to. */
  Fetched find() {
    return forwards.fetch(context, assignment.namespace(), need());
  }

  /** Hands a computed forward on; it is written behind the request. */
  void publish(StoredForward computed) {
    forwards.publish(context, assignment.namespace(), computed);
  }

  /** Positions to publish: all that the first step keeps, whoever will need how many of them. */
  int publishedPositions() {
    return need().positions() == 0 ? 0 : assignment.canvasLength();
  }

  private Need need() {
    var layout = assignment.model().engine().pageLayout();
    int prompt = assignment.prompt().length;
    int generation = assignment.method().generationLength();
    return switch (assignment.method().cache()) {
      case NoCache _ -> Need.predictions(layout, generation);
      case PrefixCache _ -> Need.prompt(layout, prompt, generation);
      case DualCache _ -> Need.canvas(layout, prompt, generation);
    };
  }
}
