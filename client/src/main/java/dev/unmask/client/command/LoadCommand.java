package dev.unmask.client.command;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.document.WholeFile;
import dev.unmask.client.evaluation.Candidates;
import dev.unmask.client.evaluation.run.Bounds;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.load.LoadFacts;
import dev.unmask.client.load.LoadPlan;
import dev.unmask.client.load.LoadTest;
import dev.unmask.client.load.drive.DriveOptions;
import dev.unmask.client.load.report.LoadReport;
import dev.unmask.client.load.report.LoadSummary;
import dev.unmask.client.load.report.LoadText;
import dev.unmask.client.load.search.Saturation;
import dev.unmask.client.load.search.SearchOptions;
import dev.unmask.client.load.workload.WorkloadOptions;
import dev.unmask.client.local.Home;
import dev.unmask.client.local.ServerOptions;
import dev.unmask.client.options.DecodingOptions;
import dev.unmask.client.terminal.Streams;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Puts load on a gateway and tells how it bears it. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures throughput and latency under load; docs/load.md tells more.")
final class LoadCommand implements Callable<Integer> {
  /** What a shell says of a process that ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  private static final long SEED = 42;

  /** Requests that must arrive, on average, at a rate that a search tries. */
  private static final double LEAST_ARRIVALS = 5;

  private static final int COLUMNS = 100;

  private final Streams streams;
  private final Home home;
  private final Ticker ticker = Ticker.ofSystem();

  @Spec private CommandSpec spec;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private DriveOptions drive = new DriveOptions();
  @Mixin private SearchOptions search = new SearchOptions();
  @Mixin private WorkloadOptions workload = new WorkloadOptions();

  @Option(names = "--json", description = "print one JSON object, times in milliseconds")
  private boolean json;

  @Option(names = "--out", paramLabel = "FILE", description = "keep that object in FILE")
  private Optional<Path> out = Optional.empty();

  @Option(names = "--svg", paramLabel = "FILE", description = "draw latency against load in FILE")
  private Optional<Path> svg = Optional.empty();

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  LoadCommand(Streams streams, Home home) {
    this.streams = streams;
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var _ = Farewell.interrupting(Bounds.END_TIME)) {
      var decode = decoding.spec();
      var plan = plan(decode);
      return server.use(defaults(), client -> measure(client, plan, decode));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private LoadPlan plan(DecodingSpec decode) {
    var span = drive.span();
    double seconds = span.duration().toNanos() / 1e9;
    var saturation =
        search
            .promise()
            .map(promise -> new Saturation(drive.firstRate(), LEAST_ARRIVALS / seconds, promise));
    return new LoadPlan(
        saturation.isPresent() ? List.of() : drive.loads(),
        saturation,
        span,
        decode.getSampling().hasSeed() ? decode.getSampling().getSeed() : SEED);
  }

  private int measure(UnmaskClient client, LoadPlan plan, DecodingSpec decode) throws IOException {
    var model = model(client);
    var asked = workload.workload(model, decode, home::task);
    var test = new LoadTest(client, asked, plan, ticker, this::note);
    LoadTest.Findings findings;
    try {
      findings = test.run();
    } catch (ClientException e) {
      if (Thread.interrupted()) {
        note("interrupted before anything was measured");
        return INTERRUPTED;
      }
      throw e;
    }
    var version = new Version().getVersion()[0];
    var facts =
        new LoadFacts(version, place(), server.sharing(defaults()), workload.words(), ticker);
    var report = facts.report(model, asked, plan, findings);
    tell(report);
    if (!report.levels().stream().allMatch(level -> level.whole())) {
      return INTERRUPTED;
    }
    return report.isAnswered() ? 0 : 1;
  }

  private void tell(LoadReport report) throws IOException {
    if (json) {
      streams.out().println(LoadText.line(report));
    } else {
      int columns = streams.paper().map(paper -> paper.columns()).orElse(COLUMNS);
      LoadSummary.lines(report, columns).forEach(streams.out()::println);
    }
    if (out.isPresent()) {
      WholeFile.write(out.get(), LoadText.page(report));
    }
    if (svg.isPresent()) {
      WholeFile.write(svg.get(), LoadSummary.picture(report));
    }
  }

  /** The one model to ask. */
  private Model model(UnmaskClient client) {
    var candidates = Candidates.of(client.models(), server.names(), Optional.empty());
    if (candidates.size() > 1) {
      throw new IllegalArgumentException(
          "load asks one model: --model NAME, of "
              + String.join(", ", candidates.stream().map(one -> one.name()).toList()));
    }
    return candidates.getFirst().model();
  }

  private String place() {
    return server
        .gateway()
        .map(target -> "gateway " + target)
        .orElse("services in the generator's own process");
  }

  private ServerOptions.Defaults defaults() {
    return new ServerOptions.Defaults(home.models(), 1, true);
  }

  private void note(String text) {
    streams.err().println("unmask: " + text);
  }
}
