package dev.unmask.client.command;

import dev.unmask.client.ClientException;
import dev.unmask.client.UnmaskClient;
import dev.unmask.client.options.DecodingOptions;
import dev.unmask.client.options.GatewayOptions;
import dev.unmask.client.options.PromptOptions;
import dev.unmask.client.output.Pace;
import dev.unmask.client.terminal.Streams;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.type.v1.Conversation;
import dev.unmask.type.v1.Prompt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Talks turn by turn: a line of standard input is a turn, its end the end. */
@Command(
    name = "chat",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Talks to a model, a line a turn; an empty line starts anew, ctrl-D ends.")
final class ChatCommand implements Callable<Integer> {
  private final Streams streams;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--model", paramLabel = "NAME", description = "default: the only one")
  private String model = "";

  @Option(names = "--system", paramLabel = "TEXT", description = "what the model should know first")
  private String system = "";

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  ChatCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    var lines = new BufferedReader(new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
    var settings = GenerateRequest.newBuilder().setModel(model).setSpec(decoding.spec()).build();
    var turns = opening();
    try (var client = gateway.connect()) {
      for (var line = read(lines); line != null; line = read(lines)) {
        turns = line.isBlank() ? opening() : turn(client, settings, turns, line);
      }
    }
    return 0;
  }

  private Conversation opening() {
    var turns = Conversation.newBuilder();
    if (!system.isEmpty()) {
      turns.addMessages(PromptOptions.message("system", system));
    }
    return turns.build();
  }

  /** The conversation after one more turn and its answer, or as it was when that failed. */
  private Conversation turn(
      UnmaskClient client, GenerateRequest settings, Conversation before, String line) {
    var asked = before.toBuilder().addMessages(PromptOptions.message("user", line));
    var request =
        settings.toBuilder().setPrompt(Prompt.newBuilder().setConversation(asked)).build();
    try (var display = GenerateCommand.drawn(streams, Pace.unlimited())) {
      var answer = GenerateCommand.run(client, request, display);
      streams.out().println();
      return asked.addMessages(PromptOptions.message("assistant", answer.text())).build();
    } catch (ClientException e) {
      Failures.lines(e).forEach(text -> streams.err().println("unmask: " + text));
      return before;
    }
  }

  private String read(BufferedReader lines) throws IOException {
    if (streams.paper().isPresent()) {
      streams.out().print("> ");
      streams.out().flush();
    }
    return lines.readLine();
  }
}
