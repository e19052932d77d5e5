package dev.unmask.cache.api;

import dev.unmask.cache.store.Draft;
import dev.unmask.cache.store.NewPage;
import dev.unmask.cache.store.Offer;
import dev.unmask.cache.store.Outcome;
import dev.unmask.cache.store.PageStore;
import dev.unmask.cache.store.StateName;
import dev.unmask.cache.wire.IncomingChunk;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.contract.Violation;
import dev.unmask.page.PageKey;
import dev.unmask.pagecache.v1.WritePagesRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A page whose chunks arrive; of a page the store declines they are counted and forgotten. Its
 * state is not given up before it is closed.
 */
final class IncomingPage implements AutoCloseable {
  private final PageKey key;
  private final int length;
  private final Offer offer;
  private int received;

  /** Begins with the first chunk, which is not added yet. */
  IncomingPage(PageStore store, WritePagesRequest first) {
    key = PageKey.of(first.getKey());
    length = (int) first.getLength();
    offer = store.offer(new NewPage(key, length, state(first), first.getCostMicros()));
  }

  private static StateName state(WritePagesRequest first) {
    var state = first.hasState() ? first.getState() : first.getKey();
    return new StateName(first.getNamespace(), PageKey.of(state));
  }

  /**
   * Takes the next chunk.
   *
   * @return what became of the page, once it is whole
   * @throws ProblemException if the chunk is not the next one of this page
   */
  Optional<Outcome> add(IncomingChunk chunk) {
    var violations = violations(chunk.fields(), chunk.size());
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
    if (offer instanceof Offer.Accepted(Draft draft)) {
      chunk.copyTo(draft.bytes().position(received));
    }
    received += chunk.size();
    return received == length ? Optional.of(finish()) : Optional.empty();
  }

  /** What is wrong if the call ends now, in the middle of the page. */
  ProblemException unfinished() {
    return new ProblemException(
        Problem.BadRequest.of(
            "data", "must reach length " + length + ", but the call ended at " + received));
  }

  @Override
  public void close() {
    if (offer instanceof Offer.Accepted(Draft draft)) {
      draft.close();
    }
  }

  private Outcome finish() {
    return switch (offer) {
      case Offer.Accepted(Draft draft) -> draft.commit();
      case Offer.Declined(Outcome outcome) -> outcome;
    };
  }

  private List<Violation> violations(WritePagesRequest chunk, int size) {
    var violations = new ArrayList<Violation>();
    if (!PageKey.of(chunk.getKey()).equals(key)) {
      violations.add(new Violation("key", "must stay the same until the page is whole"));
    }
    if (chunk.getLength() != length) {
      violations.add(new Violation("length", "must stay " + length + ", not " + chunk.getLength()));
    }
    if (chunk.getOffset() != received) {
      violations.add(new Violation("offset", "must be " + received + ", not " + chunk.getOffset()));
    }
    if (size > length - received) {
      violations.add(new Violation("data", "must end at length " + length));
    }
    return violations;
  }
}
