package dev.unmask.gateway.session;

import dev.unmask.contract.Limits;
import dev.unmask.gateway.routing.Fleet;
import dev.unmask.gateway.routing.Pulse;
import dev.unmask.gateway.routing.Timer;
import dev.unmask.gateway.session.Attempt.Owed;
import java.time.Duration;

/**
 * Watches whether a worker keeps a request waiting. Silence counts while something is asked for, so
 * a client that reads slowly is not its worker's silence, and by checks, so a pause of the gateway
 * itself is one check late and no more. A worker that has not told a step yet may be waiting for a
 * place or for states, as long as it answers otherwise. One that has told its last event has no
 * steps left to take its time for. Called in its attempt's turn.
 */
final class Silence {
  private final Attempt attempt;
  private final Fleet fleet;
  private final Timer timer;
  private final Runnable onSilence;
  private Duration silent = Duration.ZERO;
  private int askedBefore;

  /**
   * The silence of an attempt.
   *
   * @param onSilence runs in the attempt's turn at every check that finds it silent for too long
   */
  Silence(Attempt attempt, Fleet fleet, Timer timer, Runnable onSilence) {
    this.attempt = attempt;
    this.fleet = fleet;
    this.timer = timer;
    this.onSilence = onSilence;
  }

  /** Checks again and again until the attempt is over. */
  void watch() {
    timer.after(Limits.SILENCE_CHECK, () -> attempt.inTurn(this::check));
  }

  private void check() {
    var pulse = fleet.pulse(attempt.worker());
    silent = owes(pulse) ? silent.plus(Limits.SILENCE_CHECK) : Duration.ZERO;
    askedBefore = attempt.asked();
    // First, so that an attempt ended by it leaves one check behind and no more.
    watch();
    if (silent.compareTo(bound(pulse)) >= 0) {
      onSilence.run();
    }
  }

  /** Whether it owed the same event at the last check, and no place or state can be the reason. */
  private boolean owes(Pulse pulse) {
    boolean same = attempt.waiting() && attempt.asked() == askedBefore;
    return same && (attempt.owed() != Owed.BEGINNING || !pulse.answers());
  }

  private Duration bound(Pulse pulse) {
    var steps = pulse.medianStep().multipliedBy(Limits.SILENCE_STEPS);
    boolean slow = attempt.owed() != Owed.END && steps.compareTo(Limits.SILENCE_LEAST) > 0;
    return slow ? steps : Limits.SILENCE_LEAST;
  }
}
