package dev.unmask.client.command;

import dev.unmask.client.Answer;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.demo.Comparison;
import dev.unmask.client.demo.Question;
import dev.unmask.client.local.Cluster;
import dev.unmask.client.local.Home;
import dev.unmask.client.local.Plan;
import dev.unmask.client.local.Scratch;
import dev.unmask.client.local.Secret;
import dev.unmask.client.local.SharedProcess;
import dev.unmask.client.output.Pace;
import dev.unmask.client.terminal.Paper;
import dev.unmask.client.terminal.Picture;
import dev.unmask.client.terminal.Streams;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Usage;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs all three services here and asks a shipped checkpoint a real question, twice. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = "Runs everything here and asks a real question, twice; succeeds if all worked.")
final class DemoCommand implements Callable<Integer> {
  /** Slow enough to watch a model that is done in a few steps. */
  private static final Duration FRAME_TIME = Duration.ofMillis(400);

  private static final int MOST_ASKS = 5;

  /** Shipped checkpoints. */
  enum Shipped {
    LLADA,
    DREAM,
    BLOCK;

    Path folder(Home home) {
      return home.model("unmask-mini-" + name().toLowerCase(Locale.ROOT));
    }
  }

  private final Streams streams;
  private final Home home;
  private final Picture picture;

  @Option(
      names = "--model",
      paramLabel = "FAMILY",
      defaultValue = "llada",
      description = "llada, dream or block (default: ${DEFAULT-VALUE})")
  private Shipped model = Shipped.LLADA;

  @Option(
      names = "--question",
      paramLabel = "N",
      defaultValue = "1",
      description = "line of models/tasks/arithmetic.jsonl (default: ${DEFAULT-VALUE})")
  private int number;

  DemoCommand(Streams streams, Home home) {
    this.streams = streams;
    this.home = home;
    this.picture = new Picture(streams.paper().orElse(new Paper(100, 24, false)));
  }

  @Override
  public Integer call() throws IOException {
    var question = Question.read(home.task("arithmetic"), number);
    note("starting a cache-service, a worker with " + name() + " and a gateway …");
    try (var scratch = Scratch.create();
        var _ = Farewell.with(scratch::close);
        var cluster = Cluster.start(plan(scratch), new SharedProcess());
        var client = UnmaskClient.connect(cluster.gatewayAddress())) {
      cluster.awaitModels();
      cluster
          .httpAddress()
          .ifPresent(address -> note("HTTP, too, while it runs: http://" + address));
      return ask(client, question) ? 0 : 1;
    }
  }

  private Plan plan(Scratch scratch) {
    var secret = Secret.random(new SecureRandom());
    return new Plan(
        List.of(model.folder(home)),
        new Plan.Services(1, 1),
        List.of("cpu"),
        0,
        scratch.folder(),
        secret);
  }

  private boolean ask(UnmaskClient client, Question question) throws IOException {
    warmUp(client);
    note("\n" + question.text() + "\n");
    var first = drawn(client, question);
    boolean right = question.isRight(first.text());
    print(right ? picture.good(verdict(question, first)) : picture.bad(verdict(question, first)));
    var again = askedAgain(client, question);
    note("\nThe same question again:");
    new Comparison(first.usage(), again.usage()).lines().forEach(this::note);
    boolean shared = shared(again.usage());
    boolean same = again.tokens().equals(first.tokens());
    return right && shared && same;
  }

  /**
   * Pages are published behind an answer, so a hasty second question may come too early for them.
   */
  private Answer askedAgain(UnmaskClient client, Question question) {
    var again = client.ask(request(question), _ -> {});
    for (int i = 1; i < MOST_ASKS && !shared(again.usage()); i++) {
      again = client.ask(request(question), _ -> {});
    }
    return again;
  }

  /** Whether something was there already, in the cache-service or on the device. */
  private static boolean shared(Usage usage) {
    return usage.getPagesHit() > 0 || usage.getPositionsReusedDevice() > 0;
  }

  /** Another question first, so that the first figures are not those of a cold process. */
  private void warmUp(UnmaskClient client) throws IOException {
    client.ask(request(Question.read(home.task("arithmetic"), number + 1)), _ -> {});
  }

  private Answer drawn(UnmaskClient client, Question question) {
    try (var display = GenerateCommand.drawn(streams, Pace.of(FRAME_TIME))) {
      return GenerateCommand.run(client, request(question), display);
    }
  }

  private GenerateRequest request(Question question) {
    return GenerateRequest.newBuilder().setModel(name()).setPrompt(question.prompt()).build();
  }

  private static String verdict(Question question, Answer answer) {
    var result = Question.result(answer.text());
    return question.isRight(answer.text())
        ? "\n" + result + " is right."
        : "\n" + (result.isEmpty() ? "No result" : result) + ": the answer is " + question.answer();
  }

  private String name() {
    return model.folder(home).getFileName().toString();
  }

  private void note(String text) {
    print(picture.note(text));
  }

  private void print(List<String> lines) {
    lines.forEach(streams.out()::println);
  }
}
