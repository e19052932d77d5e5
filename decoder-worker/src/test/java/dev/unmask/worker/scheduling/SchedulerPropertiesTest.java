package dev.unmask.worker.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every forward, whoever comes and goes in whatever order. */
class SchedulerPropertiesTest {
  private static final int FORWARDS = 3000;
  private static final int MOST_WAITING = 40;
  private static final Budgets BUDGETS = new Budgets(1024, 512, 8192, 256);

  private final Scheduler<Integer> scheduler = new Scheduler<>(BUDGETS);
  private final Map<Integer, Claim> waiting = new HashMap<>();
  private final Map<Integer, Integer> latest = new HashMap<>();
  private int forward;
  private int next;

  @ParameterizedTest
  @ValueSource(longs = {20261122, 1, 2, 3})
  void choose_randomComingAndGoing_everyForwardIsRightAndNobodyStarves(long seed) {
    var random = new Random(seed);
    for (forward = 0; forward < FORWARDS; forward++) {
      come(random);
      go(random);
      var chosen = scheduler.choose();
      assertThat(chosen.isEmpty()).as("seed %d", seed).isEqualTo(waiting.isEmpty());
      check(chosen, seed);
      chosen.forEach(latest::remove);
    }
  }

  private void come(Random random) {
    int most = random.nextInt(8);
    for (int i = 0; i < most && waiting.size() < MOST_WAITING; i++) {
      int name = next++;
      var claim =
          new Claim(
              "tenant " + (int) Math.sqrt(random.nextInt(16)),
              random.nextInt(3) == 0 ? Ticket.NO_DEADLINE : 1000L * random.nextInt(100),
              "model " + random.nextInt(2),
              cost(random));
      int ahead = waiting.size();
      scheduler.add(name, claim);
      waiting.put(name, claim);
      latest.put(name, forward + Limits.PASSED_OVER_FORWARDS + 2 * ahead + 1);
    }
  }

  /** One in twenty is larger than some budget. */
  private static Cost cost(Random random) {
    int scale = random.nextInt(20) == 0 ? 10 : 1;
    boolean refresh = random.nextInt(3) == 0;
    int rows = scale * random.nextInt(refresh ? 400 : 64);
    return new Cost(rows, scale * (rows + random.nextInt(2000)), random.nextInt(64), refresh);
  }

  private void go(Random random) {
    if (random.nextInt(4) == 0 && !waiting.isEmpty()) {
      var gone = waiting.keySet().stream().skip(random.nextInt(waiting.size())).findFirst();
      assertThat(scheduler.withdraw(gone.orElseThrow())).isTrue();
      waiting.remove(gone.orElseThrow());
      latest.remove(gone.orElseThrow());
    }
  }

  private void check(List<Integer> chosen, long seed) {
    var costs = new ArrayList<Cost>();
    var models = new HashSet<String>();
    for (var name : chosen) {
      assertThat(waiting).as("seed %d: waits, and is chosen once", seed).containsKey(name);
      var claim = waiting.remove(name);
      costs.add(claim.cost());
      models.add(claim.model());
      assertThat(forward).as("seed %d: nobody starves", seed).isLessThanOrEqualTo(latest.get(name));
    }
    latest.forEach((_, bound) -> assertThat(forward).as("seed %d", seed).isLessThan(bound));
    assertThat(scheduler.waiting()).isEqualTo(waiting.size());
    assertThat(models).as("seed %d: one model a forward", seed).hasSizeLessThanOrEqualTo(1);
    assertThat(costs.size() <= 1 || within(costs)).as("seed %d: budgets hold", seed).isTrue();
    waiting.values().stream()
        .filter(claim -> models.contains(claim.model()))
        .forEach(claim -> {
          var more = new ArrayList<>(costs);
          more.add(claim.cost());
          assertThat(within(more)).as("seed %d: no room is left unused", seed).isFalse();
        });
  }

  private static boolean within(List<Cost> costs) {
    var refreshes = costs.stream().filter(cost -> cost.refresh() && cost.rows() > 0).toList();
    int refreshRows = refreshes.stream().mapToInt(Cost::rows).sum();
    int rows = costs.stream().mapToInt(Cost::rows).sum() - refreshRows;
    boolean metered = refreshes.size() <= 1 || refreshRows <= BUDGETS.refreshRows();
    return metered
        && rows + Math.min(refreshRows, BUDGETS.refreshRows()) <= BUDGETS.rows()
        && costs.stream().mapToInt(Cost::keys).sum() <= BUDGETS.keys()
        && costs.stream().mapToInt(Cost::scored).sum() <= BUDGETS.scoredRows();
  }
}
