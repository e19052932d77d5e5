package dev.unmask.client.evaluation;

import dev.unmask.client.evaluation.method.Choice;
import dev.unmask.client.evaluation.method.Method;
import dev.unmask.client.evaluation.method.MethodList;
import dev.unmask.client.evaluation.method.OptionSettings;
import dev.unmask.client.evaluation.settings.Settings;
import dev.unmask.type.v1.DecodingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Which methods answer, as options: settings of the published projects, and methods to compare. */
public final class MethodOptions {
  private static final String STANDARD = "";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "a setting as d2Cache, Fast-dLLM or dLLM-Cache call it; repeatable")
  private List<String> settings = List.of();

  @Option(
      names = "--compare",
      paramLabel = "LIST",
      arity = "0..1",
      fallbackValue = STANDARD,
      description =
          "methods on the same questions: a file, or NAME=SETTING=VALUE,...;..."
              + " (default: those of the papers)")
  private Optional<String> compared = Optional.empty();

  /**
   * The settings.
   *
   * @param others that stand elsewhere on the command line
   * @throws IllegalArgumentException naming the one that is wrong
   */
  public Settings settings(List<String> others) {
    return Settings.parse(Stream.concat(settings.stream(), others.stream()).toList());
  }

  /** Whether methods are compared. */
  public boolean isComparing() {
    return compared.isPresent();
  }

  /**
   * The methods. Without a setting, one method of the server's defaults; with one, what is not
   * given is as in the project whose names are used.
   *
   * @param given all settings
   * @param options what the options of decoding say
   * @throws IllegalArgumentException when settings and options do not go together, or the list is
   *     wrong
   * @throws IOException when the list is a file that cannot be read
   */
  public Choice choice(Settings given, DecodingSpec options) throws IOException {
    if (!isComparing() && given.isEmpty()) {
      return new Choice.Fields(options);
    }
    var stop = options.getStopList();
    var all = OptionSettings.over(given, options.toBuilder().clearStop().build());
    if (!isComparing()) {
      return new Choice.Named(List.of(Method.of("given", all)), Settings.none(), stop);
    }
    return compared.get().equals(STANDARD)
        ? new Choice.Standard(all, stop)
        : new Choice.Named(methods(compared.get()), all, stop);
  }

  private static List<Method> methods(String list) throws IOException {
    // A list in place may hold what no file name may; then it is no file.
    boolean file = !list.contains("=") && Files.isRegularFile(Path.of(list));
    return MethodList.parse(file ? Files.readString(Path.of(list)) : list);
  }
}
