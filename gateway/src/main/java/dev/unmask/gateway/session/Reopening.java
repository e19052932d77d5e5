package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.gateway.config.WorkerAddress;
import dev.unmask.gateway.routing.Choice;
import dev.unmask.gateway.routing.Choice.Chosen;
import dev.unmask.gateway.routing.Choice.Refused;
import java.util.HashSet;
import java.util.Set;

/**
 * Whether and where one request is opened anew once its worker is lost: at most {@link
 * Limits#REOPENINGS} times, within the gateway's budget, never on a worker that was lost to it, and
 * not if its client named the worker. Not thread-safe.
 */
final class Reopening {
  private final Switchboard switchboard;
  private final Set<WorkerAddress> lost = new HashSet<>();
  private int count;

  /** None yet. */
  Reopening(Switchboard switchboard) {
    this.switchboard = switchboard;
  }

  /** Chooses another worker, which counts as a reopening, or says why there is none. */
  Choice after(Attempt attempt, Told told) {
    if (attempt.admitted().pinned()) {
      return refused("the request names its worker");
    }
    if (!told.resumable()) {
      return refused("it told no canvas to go on from");
    }
    if (count == Limits.REOPENINGS) {
      return refused("the request was opened anew " + count + " times already");
    }
    lost.add(attempt.worker().address());
    var others = switchboard.fleet().now().without(lost);
    return within(switchboard.router().choose(attempt.admitted().ask(), others));
  }

  private Choice within(Choice choice) {
    return switch (choice) {
      case Chosen chosen -> {
        if (!switchboard.budget().spend()) {
          yield refused("too many requests are opened anew");
        }
        count++;
        yield chosen;
      }
      case Refused _ -> refused("no other worker can be reached");
    };
  }

  private static Refused refused(String message) {
    return new Refused(new Problem.Unavailable(message, Limits.RETRY_DELAY));
  }
}
