package dev.unmask.client.cache;

import dev.unmask.client.UnmaskClient;
import dev.unmask.client.load.workload.PromptFile;
import dev.unmask.client.options.DecodingOptions;
import dev.unmask.client.options.GatewayOptions;
import dev.unmask.client.options.SharingOptions;
import dev.unmask.generation.v1.GenerateRequest;
import dev.unmask.generation.v1.GenerateResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Has the first forwards of a list of prompts computed and stored, so that requests with the same
 * prompt and generation length find them: begins each, and cancels it after its first step.
 */
@Command(
    name = "warm",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Has the states of a list of prompts computed and stored.")
public final class WarmCommand implements Callable<Integer> {
  private final PrintStream out;

  @Mixin private GatewayOptions gateway = new GatewayOptions();

  @Option(names = "--model", paramLabel = "NAME", description = "default: the only one")
  private String model = "";

  @Option(
      names = "--prompt-file",
      paramLabel = "FILE",
      required = true,
      description = "prompts, a line each, or JSON lines with prompt, messages or tokens")
  private Path file = Path.of("");

  @Option(names = "--raw", description = "send words as they are, without a chat template")
  private boolean raw;

  @Mixin private DecodingOptions decoding = new DecodingOptions();

  @Mixin private SharingOptions sharing = new SharingOptions();

  /** Prints to a stream. */
  public WarmCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() throws IOException {
    var prompts = PromptFile.read(file, raw);
    try (var client = gateway.connect()) {
      for (var prompt : prompts) {
        var request =
            GenerateRequest.newBuilder().setModel(model).setPrompt(prompt).setSpec(decoding.spec());
        sharing.sharing().ifPresent(request::setSharing);
        begin(client, request.build());
      }
    }
    out.printf("%d prompts warmed%n", prompts.size());
    return 0;
  }

  private static void begin(UnmaskClient client, GenerateRequest request) {
    try (var generation = client.generate(request)) {
      while (generation.hasNext()) {
        if (generation.next().getEventCase() == GenerateResponse.EventCase.DELTA) {
          return;
        }
      }
    }
  }
}
