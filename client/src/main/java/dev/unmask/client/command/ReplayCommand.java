package dev.unmask.client.command;

import dev.unmask.client.terminal.Streams;
import dev.unmask.worker.replay.GoldenReplay;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Decodes recorded traces of the published implementations again and compares every token. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = "Replays recorded traces of the published implementations, token by token.")
final class ReplayCommand implements Callable<Integer> {
  private final Streams streams;

  @Parameters(paramLabel = "FOLDER", description = "the recorded traces")
  private Path folder = Path.of("");

  ReplayCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws Exception {
    var result = GoldenReplay.run(folder, streams.out());
    return result.failed() == 0 ? 0 : 1;
  }
}
