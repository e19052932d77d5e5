package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.routing.Choice.Chosen;
import dev.unmask.gateway.routing.Choice.Refused;
import dev.unmask.gateway.routing.FleetView;
import dev.unmask.gateway.routing.WorkerView;
import dev.unmask.gateway.session.Reopening.Next.Elsewhere;
import dev.unmask.gateway.session.Reopening.Next.Later;
import dev.unmask.gateway.session.Reopening.Next.Never;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether and where one request is opened anew once its worker is lost: at most {@link
 * Limits#REOPENINGS} times, within the gateway's budget, never on a worker that was lost to it, and
 * not if its client named the worker. Not thread-safe.
 */
final class Reopening {
  /** What is to be done. */
  sealed interface Next {
    /** This worker goes on. */
    record Elsewhere(WorkerView worker) implements Next {}

    /** Nobody can now, but others serve the model. */
    record Later(String why) implements Next {}

    /** Nobody will. */
    record Never(String why) implements Next {}
  }

  private final Switchboard switchboard;
  private final Set<WorkerAddress> lost = new HashSet<>();
  private int count;

  /** None yet. */
  Reopening(Switchboard switchboard) {
    this.switchboard = switchboard;
  }

  /** Chooses another worker, which counts as a reopening, or says why there is none. */
  Next after(Attempt attempt, Told told) {
    if (attempt.admitted().pinned()) {
      return new Never("the request names its worker");
    }
    if (!told.resumable()) {
      return new Never("it told no canvas to go on from");
    }
    if (count == Limits.REOPENINGS) {
      return new Never("the request was opened anew " + count + " times already");
    }
    lost.add(attempt.worker().address());
    return among(switchboard.fleet().now().without(lost), attempt.admitted());
  }

  private Next among(FleetView others, Admitted admitted) {
    if (others.model(admitted.request().getModel()).isEmpty()) {
      return new Never("no other worker serves its model");
    }
    return switch (switchboard.router().choose(admitted.ask(), others)) {
      case Chosen chosen -> {
        if (!switchboard.budget().spend()) {
          yield new Never("too many requests are opened anew");
        }
        count++;
        yield new Elsewhere(chosen.worker());
      }
      case Refused _ -> new Later("no other worker can be reached");
    };
  }
}
