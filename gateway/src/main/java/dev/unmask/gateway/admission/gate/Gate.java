package dev.unmask.gateway.admission.gate;

import dev.unmask.contract.Limits;
import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.generation.v1.GenerateResponse;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Lets requests through to the workers, one {@link Permit} each. Safe for any thread; its lock is
 * held for short computations only, and what follows from them runs on an executor.
 */
public final class Gate {
  private final LongSupplier clock;
  private final Executor executor;
  private final Line line;
  private final LearnedLimit limit;
  private final HoldTime hold = new HoldTime();
  private final Map<String, Allowance> allowances = new HashMap<>();
  private int sent;
  private long asked;

  /**
   * A gate that nobody has passed yet.
   *
   * @param clock in nanoseconds, rising
   * @param places for requests that wait
   * @param first requests at the workers at once, before it is learned how many suit them
   * @param executor completes the turns
   */
  public Gate(LongSupplier clock, int places, int first, Executor executor) {
    this.clock = clock;
    this.line = new Line(places);
    this.limit = new LearnedLimit(first);
    this.executor = executor;
  }

  /**
   * Asks for a permit; its turn comes at once if nothing stands in the way.
   *
   * @param slots all that the workers have now
   * @throws ProblemException if the tenant's quotas, or the line, have no room for it, or its
   *     deadline would pass before its turn; at once, and nothing is charged
   */
  public Permit ask(Demand demand, long slots) {
    Permit permit;
    synchronized (this) {
      limit.slots(slots);
      permit = admitted(demand);
      line.add(permit);
    }
    sendOn();
    return permit;
  }

  /** Ends the wait of requests whose time is over. */
  public void sweep() {
    List<Permit> late;
    synchronized (this) {
      late = line.late(clock.getAsLong());
      late.forEach(this::end);
    }
    var problem = new Problem.DeadlineExceeded("the request's time was over before its turn");
    late.forEach(permit ->
        executor.execute(() -> permit.turn().completeExceptionally(new ProblemException(problem))));
  }

  /** Requests that wait. */
  public synchronized int waiting() {
    return line.size();
  }

  /** Requests at the workers. */
  public synchronized int sent() {
    return sent;
  }

  synchronized void heard(Permit permit, GenerateResponse event) {
    if (permit.state == Permit.State.SENT) {
      permit.state = Permit.State.BEGUN;
      limit.began(permit.sentAt, clock.getAsLong() - permit.sentAt, sent);
    }
    if (event.hasDelta()) {
      permit.steps++;
    } else if (event.hasClosed()) {
      permit.steps = Integer.toUnsignedLong(event.getClosed().getUsage().getSteps());
    }
  }

  synchronized void turnedAway(Permit permit) {
    if (permit.state == Permit.State.SENT) {
      limit.turnedAway(permit.sentAt, clock.getAsLong() - permit.sentAt, sent);
    }
  }

  void close(Permit permit) {
    synchronized (this) {
      end(permit);
    }
    sendOn();
  }

  private void end(Permit permit) {
    long estimate = permit.demand().work();
    switch (permit.state) {
      case WAITING -> {
        line.remove(permit);
        permit.allowance().leave(estimate, 0);
      }
      case SENT, BEGUN -> {
        sent--;
        hold.add(clock.getAsLong() - permit.sentAt);
        long used = permit.demand().work(permit.steps);
        permit.allowance().leave(estimate, used);
        line.settle(permit, used - estimate);
      }
      case CLOSED -> {}
    }
    permit.state = Permit.State.CLOSED;
  }

  private Permit admitted(Demand demand) {
    long now = clock.getAsLong();
    var allowance = allowance(demand.tenant());
    allowance.take(demand.work()).ifPresent(Gate::refuse);
    long time = Math.min(demand.time().toNanos(), Long.MAX_VALUE >> 2);
    var permit = new Permit(this, demand, allowance, now + time, asked++);
    refusal(permit, time)
        .ifPresent(problem -> {
          allowance.undo(demand.work());
          refuse(problem);
        });
    return permit;
  }

  private Optional<Problem.Throttled> refusal(Permit permit, long time) {
    if (!line.hasPlace(permit.demand().tenant().name())) {
      return Optional.of(Refusal.QUEUE_FULL.problem());
    }
    int free = limit.get() - sent;
    double ahead = line.ahead(permit) + 1 - Math.max(0, free);
    long wait = ahead <= 0 ? 0 : (long) (ahead * hold.mean() / limit.get());
    return wait < time
        ? Optional.empty()
        : Optional.of(Refusal.DEADLINE_WOULD_PASS.problem(Duration.ofNanos(wait)));
  }

  private void sendOn() {
    var turns = new ArrayList<Permit>();
    synchronized (this) {
      for (int free = Math.min(limit.get() - sent, line.size()); free > 0; free--) {
        line.poll().ifPresent(turns::add);
      }
      sent += turns.size();
      turns.forEach(permit -> permit.send(clock.getAsLong()));
    }
    turns.forEach(permit -> executor.execute(() -> permit.turn().complete(null)));
  }

  /** Whose quotas have changed begins anew; who has nothing under way can be forgotten. */
  private Allowance allowance(Tenant tenant) {
    if (allowances.size() > Limits.TENANTS) {
      allowances.values().removeIf(Allowance::idle);
    }
    return allowances.compute(
        tenant.name(),
        (name, old) ->
            old != null && old.quotas().equals(tenant.quotas())
                ? old
                : new Allowance(tenant.quotas(), meter()));
  }

  private TimeMeter meter() {
    return new TimeMeter() {
      @Override
      public long currentTimeNanos() {
        return clock.getAsLong();
      }

      @Override
      public boolean isWallClockBased() {
        return false;
      }
    };
  }

  private static void refuse(Problem problem) {
    throw new ProblemException(problem);
  }
}
