package dev.unmask.client.command;

import dev.unmask.client.ClientException;
import io.grpc.Status;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Tells failures on standard error, one line each, without stack traces. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine line, ParseResult result) {
    print(line, lines(failure));
    return line.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    var line = failure.getCommandLine();
    var help = "see `" + line.getCommandSpec().qualifiedName() + " --help`";
    print(line, List.of(failure.getMessage().replaceFirst("^Error: ", ""), help));
    return line.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What a person should read about a failure. */
  static List<String> lines(Exception failure) {
    if (failure instanceof ClientException call) {
      return unreachable(call)
          ? List.of("no gateway answers: start one with `unmask up`, or name one with --gateway")
          : call.lines();
    }
    var own = message(failure);
    return List.of(own.contains("\n") ? message(root(failure)) : own);
  }

  /**
   * A service that cannot start fails with a page about beans; its root cause says what is wrong.
   */
  private static Throwable root(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String message(Throwable failure) {
    return Optional.ofNullable(failure.getMessage())
        .orElseGet(() -> failure.getClass().getSimpleName());
  }

  /** A gateway's own UNAVAILABLE says when to ask again; the transport's does not. */
  private static boolean unreachable(ClientException call) {
    return call.code() == Status.Code.UNAVAILABLE && call.retryAfter().isEmpty();
  }

  private static void print(CommandLine line, List<String> lines) {
    PrintWriter err = line.getErr();
    lines.forEach(text -> err.println("unmask: " + text));
    err.flush();
  }
}
