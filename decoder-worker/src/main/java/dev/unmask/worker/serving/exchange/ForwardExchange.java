package dev.unmask.worker.serving.exchange;

import dev.unmask.worker.decoding.StepOutcome;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.pages.Lookup;
import dev.unmask.worker.serving.steps.Seat;
import java.util.ArrayList;
import java.util.List;

/** The first forward of a request to a model with full attention, or its lower layers. */
final class ForwardExchange implements Exchange {
  private final List<FirstForward> all;
  private final int canvasLength;
  private final Timing timing;
  private final List<FirstForward.Duty> duties = new ArrayList<>();

  /**
   * Nothing looked up yet.
   *
   * @param all that the request may share, in the order to look it up
   */
  ForwardExchange(List<FirstForward> all, int canvasLength, Timing timing) {
    this.all = List.copyOf(all);
    this.canvasLength = canvasLength;
    this.timing = timing;
  }

  /** Looks one after the other up, until something is found. */
  @Override
  public Opening begin(Seat seat, int held) {
    var looked = new ArrayList<Looked>();
    boolean found = false;
    for (var next = all.iterator(); !found && next.hasNext(); ) {
      found = look(seat, next.next(), looked);
    }
    if (found) {
      close();
    }
    return new Opening(held, looked);
  }

  private boolean look(Seat seat, FirstForward shared, List<Looked> looked) {
    var lookup = shared.find(() -> timing.forward().apply(canvasLength));
    looked.add(shared.looked(lookup));
    return switch (lookup) {
      case Lookup.Found<StoredForward> there -> {
        restore(seat, shared, there);
        yield true;
      }
      case Lookup.Absent<StoredForward> absent -> {
        duties.add(shared.duty(absent.lease()));
        seat.run(state -> shared.watch(Exchange.plain(state)));
        yield false;
      }
      case Lookup.Declined<StoredForward> _ -> false;
    };
  }

  private void restore(Seat seat, FirstForward shared, Lookup.Found<StoredForward> found) {
    try (var room = found.room()) {
      var restoring =
          seat.call(
              state -> timing.of(() -> shared.restore(Exchange.plain(state), room.content())));
      shared.restored(found, restoring);
    }
  }

  @Override
  public void stepped(Seat seat, StepOutcome outcome) {
    if (outcome.step() == 0) {
      for (var duty : duties) {
        if (duty.makesSense()) {
          var computed = seat.call(state -> duty.export(Exchange.plain(state)));
          duty.publish(computed, seat.forwardTime());
        }
      }
    }
  }

  @Override
  public void ended(Seat seat) {}

  @Override
  public void close() {
    duties.forEach(FirstForward.Duty::close);
    duties.clear();
  }
}
