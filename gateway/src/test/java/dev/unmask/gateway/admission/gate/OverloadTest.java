package dev.unmask.gateway.admission.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.ProblemException;
import dev.unmask.gateway.access.Quotas;
import dev.unmask.gateway.access.Tenant;
import dev.unmask.generation.v1.GenerateResponse;
import dev.unmask.type.v1.Opened;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

/** A gate before one worker of four slots, minute by minute, in simulated time. */
class OverloadTest {
  private static final int SLOTS = 4;
  private static final long MILLI = 1_000_000;
  private static final long SERVICE = 100 * MILLI;
  private static final GenerateResponse OPENED =
      GenerateResponse.newBuilder().setOpened(Opened.newBuilder()).build();

  private record Event(long at, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at));
  private final Deque<Permit> atWorker = new ArrayDeque<>();
  private final Gate gate = new Gate(() -> this.now, 1024, 64, Runnable::run);
  private long now = 1;
  private int running;

  @Test
  void limit_underOverload_keepsTheLineAtTheGate() {
    var waits = new ArrayList<Long>();
    offer("a", 20 * MILLI, 6000, waits);
    run();
    offer("a", 20 * MILLI, 1000, waits);
    runUntil(now + 5000 * MILLI);
    assertThat(gate.waiting()).as("requests at the gate").isGreaterThan(8);
    assertThat(atWorker.size()).as("requests that wait at the worker").isLessThanOrEqualTo(8);
    assertThat(running).as("slots in use").isEqualTo(SLOTS);
  }

  @Test
  void wait_ofATenant_isNotRaisedByAnotherOnesFlood() {
    double alone = meanWait(50 * MILLI);
    double besideFlood = new OverloadTest().meanWait(5 * MILLI);
    assertThat(besideFlood).isLessThan(alone + 3 * SERVICE);
  }

  /** Of a tenant that asks four times a second, while another one asks at an interval. */
  private double meanWait(long intervalOfTheOther) {
    var waits = new ArrayList<Long>();
    offer("flood", intervalOfTheOther, (int) (60_000 * MILLI / intervalOfTheOther), List.of());
    offer("b", 250 * MILLI, 240, waits);
    run();
    assertThat(waits).hasSize(240);
    return waits.stream().mapToLong(Long::longValue).average().orElseThrow();
  }

  private void offer(String tenant, long interval, int count, List<Long> waits) {
    for (int i = 0; i < count; i++) {
      after(i * interval, () -> ask(tenant, waits));
    }
  }

  private void ask(String tenant, List<Long> waits) {
    var owner = new Tenant(tenant, "", List.of(), List.of(), List.of(), Quotas.NONE, false);
    long asked = now;
    try {
      var permit = gate.ask(new Demand(owner, 10, 10, Duration.ofMinutes(10)), SLOTS);
      var _ =
          permit
              .turn()
              .thenRun(() -> {
                if (tenant.equals("b")) {
                  waits.add(now - asked);
                }
                atWorker.add(permit);
                work();
              });
    } catch (ProblemException e) {
      assertThat(tenant).as("whose line is full").isNotEqualTo("b");
    }
  }

  private void work() {
    while (running < SLOTS && !atWorker.isEmpty()) {
      var permit = atWorker.remove();
      running++;
      after(MILLI, () -> permit.heard(OPENED));
      after(
          SERVICE,
          () -> {
            running--;
            permit.close();
            work();
          });
    }
  }

  private void after(long delay, Runnable what) {
    events.add(new Event(now + delay, what));
  }

  private void run() {
    runUntil(Long.MAX_VALUE);
    assertThat(gate.sent()).isZero();
    assertThat(gate.waiting()).isZero();
  }

  private void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end) {
      var event = events.remove();
      now = event.at();
      event.what().run();
    }
  }
}
