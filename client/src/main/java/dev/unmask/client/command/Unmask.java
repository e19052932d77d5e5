package dev.unmask.client.command;

import dev.unmask.client.cache.CacheCommand;
import dev.unmask.client.cache.WarmCommand;
import dev.unmask.client.local.Home;
import dev.unmask.client.options.TimeText;
import dev.unmask.client.terminal.Streams;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code unmask}. */
@Command(
    name = "unmask",
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    description = "Serves masked diffusion language models, and asks them.",
    footer = {"", "The launcher also knows: test (the whole suite), format (the code)."})
public final class Unmask implements Runnable {
  @Spec private CommandSpec spec;

  private Unmask() {}

  /** Runs one command and exits with its code: 0 success, 1 failure, 2 wrong usage. */
  public static void main(String[] arguments) {
    var streams = Streams.ofProcess(System.getenv());
    var home = Home.ofProcess(System.getenv());
    System.exit(commandLine(streams, home).execute(arguments));
  }

  /** All commands. */
  static CommandLine commandLine(Streams streams, Home home) {
    var failures = new Failures();
    return new CommandLine(new Unmask())
        .addSubcommand(new DemoCommand(streams, home))
        .addSubcommand(new UpCommand(streams, home))
        .addSubcommand(new GenerateCommand(streams))
        .addSubcommand(new ChatCommand(streams))
        .addSubcommand(new EvalCommand(streams, home))
        .addSubcommand(new LoadCommand(streams, home))
        .addSubcommand(new ModelsCommand(streams))
        .addSubcommand(new TopCommand(streams))
        .addSubcommand(new CacheCommand(streams.out()))
        .addSubcommand(new WarmCommand(streams.out()))
        .addSubcommand(new ReplayCommand(streams))
        .addSubcommand(new KeyCommand(streams, new SecureRandom()))
        .registerConverter(Duration.class, new TimeText())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setOut(writer(streams.out()))
        .setErr(writer(streams.err()));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
