package dev.unmask.worker.serving;

import dev.unmask.contract.Limits;
import dev.unmask.page.ExactContext;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.caching.PrefixCache;
import dev.unmask.worker.engine.StoredForward;
import dev.unmask.worker.pages.SharedForwards;
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
  private final Tally tally;

  FirstForward(Assignment assignment, SharedForwards forwards, Tally tally) {
    this.assignment = assignment;
    this.forwards = forwards;
    this.tally = tally;
    context =
        new ExactContext(
            assignment.model().program(),
            assignment.prompt(),
            assignment.method().generationLength());
  }

  /** Whether the request's namespace shares anything. */
  boolean shared() {
    return forwards.shares(assignment.namespace());
  }

  /** The stored forward, with the keys and values the cache policy will attend to. */
  Optional<StoredForward> find() {
    if (!shared()) {
      return Optional.empty();
    }
    var found = forwards.fetch(context, assignment.namespace(), neededPositions());
    tally.looked(found.pagesHit(), found.pagesMissed());
    return found.forward();
  }

  /** Hands a computed forward on; it is written behind the request. */
  void publish(StoredForward computed) {
    forwards.publish(context, assignment.namespace(), computed);
  }

  /** Positions to publish: all that the first step keeps, whoever will need how many of them. */
  int publishedPositions() {
    return neededPositions() == 0 ? 0 : assignment.canvasLength();
  }

  private int neededPositions() {
    return needed(assignment.method().cache());
  }

  private int needed(CachePolicy cache) {
    return switch (cache) {
      case NoCache _ -> 0;
      case PrefixCache _ -> Math.min(assignment.canvasLength(), wholeSpans());
      case DualCache _ -> assignment.canvasLength();
    };
  }

  /** The prompt's positions, up to the end of their last page. */
  private int wholeSpans() {
    return Math.ceilDiv(assignment.prompt().length, Limits.PAGE_SPAN) * Limits.PAGE_SPAN;
  }
}
