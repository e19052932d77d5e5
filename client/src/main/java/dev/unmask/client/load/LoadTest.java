package dev.unmask.client.load;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.drive.Driver;
import dev.unmask.client.load.measure.Level;
import dev.unmask.client.load.measure.Load;
import dev.unmask.client.load.report.LoadSummary;
import dev.unmask.client.load.search.Saturation;
import dev.unmask.client.load.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Measures one load after another, or searches the highest. For one thread, used once. */
public final class LoadTest {
  private final UnmaskClient client;
  private final Workload workload;
  private final LoadPlan plan;
  private final Driver driver;
  private final Consumer<String> notes;
  private final List<Level> levels = new ArrayList<>();

  /**
   * A test.
   *
   * @param notes is told how it goes on
   */
  public LoadTest(
      UnmaskClient client,
      Workload workload,
      LoadPlan plan,
      Ticker ticker,
      Consumer<String> notes) {
    this.client = client;
    this.workload = workload;
    this.plan = plan;
    this.driver = new Driver(client, workload, plan.span(), plan.seed(), ticker);
    this.notes = notes;
  }

  /**
   * What was measured.
   *
   * @param levels loads in the order they were measured; the last may not be whole
   * @param found by a search
   * @param finished whether all was measured
   */
  public record Findings(List<Level> levels, Optional<Saturation.Found> found, boolean finished) {
    public Findings {
      levels = List.copyOf(levels);
    }
  }

  /**
   * Asks once for everything the workload mixes, so that the server can refuse it, then measures. A
   * thread that is interrupted gets what was measured until then.
   *
   * @throws ClientException when the server refuses a request of the workload
   */
  public Findings run() {
    for (var request : workload.samples(new SplittableRandom(~plan.seed()))) {
      client.ask(request, _ -> {});
    }
    var found = plan.search().map(search -> search.search(rate -> measure(new Load.Rate(rate))));
    boolean finished = found.map(Saturation.Found::finished).orElse(true);
    for (var load : plan.loads()) {
      finished = finished && measure(load).whole();
    }
    return new Findings(levels, found, finished);
  }

  private Level measure(Load load) {
    var level = driver.drive(load);
    levels.add(level);
    notes.accept(LoadSummary.line(level));
    return level;
  }
}
