package dev.unmask.worker.serving.exchange;

import dev.unmask.type.v1.SharingMode;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.pages.chain.Beginning;
import dev.unmask.worker.pages.chain.Chain;
import dev.unmask.worker.pages.chain.ChainTerms;
import dev.unmask.worker.pages.chain.PromptForward;
import dev.unmask.worker.pages.chain.SharedChains;
import dev.unmask.worker.pages.lease.Lease;
import dev.unmask.worker.serving.steps.Seat;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Finished blocks of a request to a block-causal model, in links: the prompt's are looked up before
 * the first step and published after it, as far as they were not there; those that were decoded are
 * published when the request has ended, for the next turn of a conversation, and with them a few of
 * the prompt that nobody waits for.
 */
final class BlockExchange implements Exchange {
  private final SharedChains chains;
  private final ChainTerms terms;
  private final SharedRequest request;
  private final Decoding decoding;
  private final Timing timing;
  private final Chain prompt;
  private int present;
  private boolean begun;
  private Lease lease = Lease.none();
  private Duration linkCost = Duration.ZERO;

  /** Nothing looked up yet. */
  BlockExchange(
      SharedChains chains,
      ChainTerms terms,
      SharedRequest request,
      Decoding decoding,
      Timing timing) {
    this.chains = chains;
    this.terms = terms;
    this.request = request;
    this.decoding = decoding;
    this.timing = timing;
    prompt = chains.chain(terms, request.prompt());
  }

  @Override
  public Opening begin(Seat seat, int held) {
    if (prompt.positions(prompt.length()) <= held) {
      present = prompt.length();
      return new Opening(held, List.of());
    }
    var forward = new PromptForward(firstEnd(), held, timing.forward(), timing.alone());
    var beginning = chains.find(prompt, forward);
    present = beginning.present();
    lease = beginning.lease();
    int found = beginning.found().map(there -> restore(seat, there, held)).orElse(0);
    return new Opening(Math.max(held, found), List.of(looked(beginning)));
  }

  /** Behind what the first forward computes if nothing is found. */
  private int firstEnd() {
    int length = request.prompt().length;
    int block = terms.family().blockLength();
    boolean tellsNextBlock = length % block == 0 && request.model().traits().predictionShift() > 0;
    int end = (length / block + 1) * block;
    return tellsNextBlock ? length : Math.min(end, request.canvasLength());
  }

  /** Positions that stand in the state then; 0 if less came than it has already. */
  private int restore(Seat seat, Lookup.Found<StoredForward> found, int held) {
    try (var room = found.room()) {
      var span = room.content();
      if (span.positions() <= held) {
        return 0;
      }
      var restoring = seat.call(state -> timing.of(() -> Exchange.plain(state).restoreSpan(span)));
      chains.restored(found, restoring);
      return span.positions();
    }
  }

  private Looked looked(Beginning beginning) {
    return new Looked(
        beginning.found().map(Lookup.Found::pages).orElse(0),
        beginning.missed(),
        SharingMode.SHARING_MODE_BLOCK_CAUSAL,
        request.model().layout().layers(),
        terms.encoding(),
        beginning.decision());
  }

  @Override
  public void stepped(Seat seat, StepOutcome outcome) {
    if (!begun) {
      begun = true;
      double share = (double) terms.linkTokens() / Math.max(1, outcome.rowsComputed());
      linkCost = Duration.ofNanos((long) (seat.forwardTime().toNanos() * Math.min(1, share)));
      if (SharedChains.many(prompt.length() - present)) {
        publish(seat, prompt, present, lease);
        present = prompt.length();
      }
    }
  }

  @Override
  public void ended(Seat seat) {
    int known = known();
    if (known >= (present + 1) * terms.linkTokens()) {
      var all = chains.chain(terms, Arrays.copyOf(decoding.canvas(), known));
      publish(seat, all, present, Lease.none());
    }
  }

  /** Leading positions that are stored and hold no mask. */
  private int known() {
    int[] canvas = decoding.canvas();
    int mask = request.model().traits().maskToken();
    int known = 0;
    while (known < decoding.storedEnd() && canvas[known] != mask) {
      known++;
    }
    return known;
  }

  /** Hands a chain's links on from one on, as far as they are stored and somebody takes them. */
  private void publish(Seat seat, Chain chain, int first, Lease waitedFor) {
    int length = terms.linkTokens();
    int end = Math.min(chain.length(), decoding.storedEnd() / length);
    if (first >= end || !chains.reachable()) {
      waitedFor.close();
      return;
    }
    var span = seat.call(state -> Exchange.plain(state).exportSpan(first * length, end * length));
    chains.publish(chain, first, span, linkCost, waitedFor);
  }

  /** Lets the next one compute, unless a lease was handed on. */
  @Override
  public void close() {
    lease.close();
  }
}
