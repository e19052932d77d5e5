package dev.unmask.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.unmask.client.Answer;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Role;
import dev.unmask.contract.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A worker that holds the lease of a state is killed before it has published the state. */
@Timeout(300)
class DeadHolderTest {
  private static final String QUESTION =
      "Question: A shelf holds 9 boxes of 11 books. 32 books are lent. How many are left?\nAnswer:";
  private static final String OTHER =
      "Question: A bus has 40 seats. 12 are taken. How many are free?\nAnswer:";

  /** Enough to find, to ask for the lease and to begin to publish; a state is above a megabyte. */
  private static final long NO_STATE = 256 << 10;

  private static final Duration LEAST_TERM =
      Limits.LEASE_FORWARD_LEAST.multipliedBy(Limits.LEASE_TERM_FORWARDS);

  @TempDir private Path pages;

  /** An answer, and when it was there. */
  private record Told(Answer answer, long when) {
    List<Integer> tokens() {
      return answer.tokens();
    }
  }

  /** What worker-1 publishes is lost on its way, so that it holds its lease until the term ends. */
  private static final class Unheard implements Layout {
    private final Layout plain = new Plain();
    private final AtomicReference<Line> line = new AtomicReference<>();

    @Override
    public void change(Role role, String name, Map<String, Object> settings) {
      plain.change(role, name, settings);
      if (name.equals("worker-1")) {
        line.set(Line.to(settings.get("unmask.worker.cache").toString()));
        settings.put("unmask.worker.cache", line.get().address());
      }
    }
  }

  @Test
  void ask_holderKilledWhileTwoWait_oneFollowsAfterTheTermAndTheOtherTakesItsPages()
      throws Exception {
    var unheard = new Unheard();
    try (var fleet = Fleet.start(new Plan.Services(2, 1), pages, unheard);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      fleet.ask("worker-1", OTHER);
      fleet.awaitPublished();
      unheard.line.get().swallowAfter(NO_STATE);

      long before = System.nanoTime();
      // Computed, so the lease was granted; more of it than fits was published nowhere.
      var computed = fleet.ask("worker-1", QUESTION);
      Callable<Told> same = () -> new Told(fleet.ask("worker-2", QUESTION), System.nanoTime());
      var waiting = List.of(threads.submit(same), threads.submit(same));
      await().atMost(Fleet.PATIENCE).until(() -> fleet.load("worker-2").getRunning() == 2);
      fleet.kill("worker-1");

      var told = new ArrayList<Told>();
      for (var answer : waiting) {
        told.add(answer.get(Fleet.PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
      assertThat(told).extracting(Told::tokens).containsOnly(computed.tokens());
      assertThat(told)
          .as("nobody computed before the dead one's term was over")
          .allMatch(answer -> answer.when() - before >= LEAST_TERM.toNanos());
      assertThat(told)
          .as("one computes then, the other waits for that one's pages")
          .filteredOn(answer -> answer.answer().usage().getPagesHit() == 0)
          .hasSize(1);
    } finally {
      unheard.line.get().close();
    }
  }
}
