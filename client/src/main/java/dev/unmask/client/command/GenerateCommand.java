package dev.unmask.client.command;

import dev.unmask.client.Answer;
import dev.unmask.client.Generation;
import dev.unmask.client.Transcript;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.options.DecodingOptions;
import dev.unmask.client.options.GatewayOptions;
import dev.unmask.client.options.GivenOptions;
import dev.unmask.client.options.PreferenceText;
import dev.unmask.client.options.PromptOptions;
import dev.unmask.client.options.SharingOptions;
import dev.unmask.client.options.TimeText;
import dev.unmask.client.output.CanvasDisplay;
import dev.unmask.client.output.Display;
import dev.unmask.client.output.JsonDisplay;
import dev.unmask.client.output.Pace;
import dev.unmask.client.output.TextDisplay;
import dev.unmask.client.terminal.Streams;
import dev.unmask.contract.Limits;
import dev.unmask.generation.v1.DeadlineRule;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Preference;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Generates once: a drawn canvas in a terminal, plain text into a pipe, JSON on request. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Asks a gateway once.")
final class GenerateCommand implements Callable<Integer> {
  private static final Duration UNBOUNDED = Limits.REQUEST_TIME;

  private final Streams streams;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--model", paramLabel = "NAME", description = "default: the only one")
  private String model = "";

  @Option(names = "--worker", paramLabel = "NAME", description = "worker that must decode it")
  private String worker = "";

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Option(names = "--events", description = "with --json: tell every step, too")
  private boolean events;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "answer in so much time, in fewer steps than the method takes if need be")
  private Duration within = UNBOUNDED;

  @Option(
      names = "--prefer",
      paramLabel = "WHAT",
      converter = PreferenceText.class,
      description =
          "quality, balanced or latency: take the method that was measured to suit (default: the"
              + " method of these options)")
  private Preference preference = Preference.PREFERENCE_UNSPECIFIED;

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  @Mixin private SharingOptions sharing = new SharingOptions();

  @Mixin private GivenOptions given = new GivenOptions();

  GenerateCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    var request = request();
    try (var client = gateway.connect();
        var display = display()) {
      run(client.generate(request, within), request, display);
    }
    return 0;
  }

  private GenerateRequest request() throws IOException {
    var request =
        GenerateRequest.newBuilder()
            .setModel(model)
            .setWorker(worker)
            .setPreference(preference)
            .setPrompt(prompt.prompt(streams.in()))
            .setSpec(decoding.spec());
    sharing.sharing().ifPresent(request::setSharing);
    given.given().ifPresent(request::setGiven);
    if (!within.equals(UNBOUNDED)) {
      request.setDeadlineRule(DeadlineRule.DEADLINE_RULE_FEWER_STEPS);
    }
    return request.build();
  }

  private Display display() {
    if (json) {
      return new JsonDisplay(streams.out(), events);
    }
    return drawn(streams, Pace.unlimited());
  }

  /** A canvas where there is a terminal, text where there is none. */
  static Display drawn(Streams streams, Pace pace) {
    return streams
        .paper()
        .<Display>map(paper -> new CanvasDisplay(streams.out(), paper, pace))
        .orElseGet(() -> new TextDisplay(streams.out()));
  }

  /** Generates to the end; when the process is told to stop, cancels and frees the terminal. */
  static Answer run(UnmaskClient client, GenerateRequest request, Display display) {
    return run(client.generate(request), request, display);
  }

  private static Answer run(Generation started, GenerateRequest request, Display display) {
    var transcript = new Transcript(request.getGiven().getTokensList());
    try (Generation generation = started;
        var _ = Farewell.with(generation::close, display::close)) {
      generation.forEachRemaining(event -> {
        transcript.add(event);
        display.show(event);
      });
      var answer = transcript.answer();
      display.finish(answer);
      return answer;
    }
  }
}
