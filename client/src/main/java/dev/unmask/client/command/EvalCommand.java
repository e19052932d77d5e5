package dev.unmask.client.command;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.evaluation.Candidates;
import dev.unmask.client.evaluation.Evaluation;
import dev.unmask.client.evaluation.EvaluationPlan;
import dev.unmask.client.evaluation.MethodOptions;
import dev.unmask.client.evaluation.QuestionOptions;
import dev.unmask.client.evaluation.progress.LineProgress;
import dev.unmask.client.evaluation.progress.TerminalProgress;
import dev.unmask.client.evaluation.report.Report;
import dev.unmask.client.evaluation.report.page.ReportFiles;
import dev.unmask.client.evaluation.run.Bounds;
import dev.unmask.client.evaluation.run.OutageException;
import dev.unmask.client.evaluation.run.Progress;
import dev.unmask.client.evaluation.run.Ticker;
import dev.unmask.client.evaluation.settings.ModelKind;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.client.evaluation.task.Task;
import dev.unmask.client.local.Home;
import dev.unmask.client.local.ServerOptions;
import dev.unmask.client.options.DecodingOptions;
import dev.unmask.client.terminal.Streams;
import dev.unmask.worker.drift.DriftPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks benchmarks' questions and tells how right and how fast the answers were. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Evaluates decoding methods on benchmarks; docs/evaluation.md tells more.")
final class EvalCommand implements Callable<Integer> {
  /** What a shell says of a process that ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  /** Holds every answer of the shipped questions. */
  private static final int DRIFT_LENGTH = 128;

  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("'evaluation-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Streams streams;
  private final Home home;
  private final Ticker ticker = Ticker.ofSystem();
  private final List<Report> reports = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Mixin private QuestionOptions questions = new QuestionOptions();
  @Mixin private MethodOptions methods = new MethodOptions();
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(
      names = "--lengths",
      paramLabel = "N",
      split = ",",
      description = "generation lengths to try one after the other, in tokens")
  private List<Integer> lengths = List.of();

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "questions asked at once (default: 1)")
  private Optional<Integer> concurrency = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      description = "where all is kept; one that is there is gone on with (default: a new one)")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--drift",
      description =
          "instead: measure how many lower layers of a shared prompt may come from another"
              + " request, on questions several of which are about one document (default: lookup;"
              + " --limit counts those of a document), and write sharing.json into the model's"
              + " folder; --out is the report's file")
  private boolean drift;

  @Option(
      names = "--shares",
      paramLabel = "X",
      split = ",",
      description = "with --drift: shares of a prompt to measure (default: 0.25,0.5,1)")
  private List<Double> shares = DriftPlan.SHARES;

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  EvalCommand(Streams streams, Home home) {
    this.streams = streams;
    this.home = home;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (var _ = Farewell.interrupting(Bounds.END_TIME)) {
      return drift ? drift() : evaluate();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private int drift() throws IOException {
    var options = decoding.spec();
    if (server.gateway().isPresent() || methods.isComparing()) {
      throw new IllegalArgumentException("--drift measures checkpoints, with one method");
    }
    if (!options.toBuilder()
        .clearGenerationLength()
        .build()
        .equals(options.getDefaultInstanceForType())) {
      throw new IllegalArgumentException(
          "--drift measures threshold 0.9 with the dual cache; of how to decode, only --length goes"
              + " with it");
    }
    int length = options.hasGenerationLength() ? options.getGenerationLength() : DRIFT_LENGTH;
    return new DriftEvaluation(
            streams,
            server.folders(defaults(home.fullAttentionModels().size())),
            questions.file().orElseGet(() -> home.task("lookup")),
            questions.limit(),
            shares,
            length,
            out)
        .run();
  }

  private int evaluate() throws IOException, InterruptedException {
    var settings = methods.settings(questions.settings());
    var tasks = questions.tasks(settings);
    var options = decoding.spec();
    var choice = methods.choice(settings, options);
    requireOneLength(options.hasGenerationLength(), settings);
    var seed = Optional.of(options.getSampling()).filter(s -> s.hasSeed()).map(s -> s.getSeed());
    var folder = out.orElseGet(() -> Path.of(FOLDER.format(ticker.now())));
    var plan =
        new EvaluationPlan(
            tasks,
            this::shipped,
            questions.questions(tasks, settings, seed, this::note),
            lengths,
            choice,
            settings.text("add_bos_token").map(Boolean::valueOf).orElse(true),
            concurrency(settings),
            sharing(),
            folder);
    return server.use(defaults(), client -> evaluate(client, plan, settings));
  }

  private int evaluate(UnmaskClient client, EvaluationPlan plan, Settings settings)
      throws IOException {
    var kind = settings.text("model").flatMap(ModelKind::of);
    var candidates = Candidates.of(client.models(), server.names(), kind);
    Files.createDirectories(plan.out());
    var evaluation =
        new Evaluation(client, plan, ticker, new Version().getVersion()[0], reports::addLast);
    try {
      evaluation.run(candidates, this::progress);
      return told(plan.out()) ? 0 : 1;
    } catch (InterruptedException e) {
      told(plan.out());
      return stopped("interrupted", plan.out(), INTERRUPTED);
    } catch (OutageException e) {
      told(plan.out());
      return stopped(e.getMessage(), plan.out(), 1);
    }
  }

  private void requireOneLength(boolean given, Settings settings) {
    boolean set =
        List.of("generation.gen_length", "gen_length", "max_new_tokens").stream()
            .anyMatch(name -> settings.text(name).isPresent());
    if (!lengths.isEmpty() && (given || set)) {
      throw new IllegalArgumentException("--lengths and another generation length: give one");
    }
  }

  private String sharing() {
    var sharing = server.sharing(defaults());
    return server.gateway().isEmpty()
        ? sharing
        : sharing + "; methods after the first may find its states";
  }

  private ServerOptions.Defaults defaults() {
    return defaults(home.models().size());
  }

  private ServerOptions.Defaults defaults(int served) {
    return new ServerOptions.Defaults(home.models(), served, !methods.isComparing());
  }

  private void note(String text) {
    streams.err().println("unmask: " + text);
  }

  private int stopped(String reason, Path folder, int code) {
    note(reason + "; go on with --out " + folder);
    return code;
  }

  /** Prints the last report; whether any method answered. */
  private boolean told(Path folder) {
    if (reports.isEmpty()) {
      return false;
    }
    var report = reports.getLast();
    ReportFiles.summary(report).forEach(streams.out()::println);
    streams.out().println();
    streams.out().println("report: " + folder.resolve("report.html"));
    return report.groups().stream()
        .flatMap(group -> group.methods().stream())
        .anyMatch(method -> method.isAnswered());
  }

  private Progress progress(int count) {
    return streams
        .paper()
        .<Progress>map(paper -> new TerminalProgress(streams.out(), paper, count, ticker))
        .orElseGet(() -> new LineProgress(streams.err(), count, ticker));
  }

  private int concurrency(Settings settings) {
    return concurrency
        .or(() -> settings.integer("batch_size"))
        .or(() -> settings.integer("dataset.batch_size"))
        .orElse(1);
  }

  private Path shipped(Task task) {
    var file = home.task(task.name());
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(
          task.name() + " needs its published file: --file; docs/evaluation.md says which");
    }
    return file;
  }
}
