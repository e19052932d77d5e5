package dev.unmask.client.load.workload;

import dev.unmask.client.evaluation.task.Source;
import dev.unmask.client.evaluation.task.Tasks;
import dev.unmask.contract.Limits;
import dev.unmask.type.v1.DecodingSpec;
import dev.unmask.type.v1.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What to ask under load, as options. */
public final class WorkloadOptions {
  private static final String ALL_SHIPPED = "arithmetic,lists,lookup,code";

  @Option(
      names = "--task",
      paramLabel = "TASK[:W],...",
      description = "shipped tasks to ask questions of (default: all four)")
  private Optional<String> tasks = Optional.empty();

  @Option(
      names = "--prompt-file",
      paramLabel = "FILE",
      description = "prompts, a line each, or JSON lines with prompt, messages or tokens")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--prompt-tokens",
      paramLabel = "N[:W],...",
      description =
          "prompts of N random tokens each, e.g. 128,1024:0.3; --decode-all keeps answers"
              + " from ending at once")
  private Optional<String> tokens = Optional.empty();

  @Option(
      names = "--lengths",
      paramLabel = "N[:W],...",
      description = "generation lengths, mixed (default: --length)")
  private Optional<String> lengths = Optional.empty();

  @Option(names = "--raw", description = "send words as they are, without a chat template")
  private boolean raw;

  /**
   * The workload.
   *
   * @param shipped where a shipped task's questions are
   * @throws IllegalArgumentException naming the option that is wrong
   * @throws IOException when prompts cannot be read
   */
  public Workload workload(Model model, DecodingSpec spec, Function<String, Path> shipped)
      throws IOException {
    if (Stream.of(tasks, file, tokens).filter(Optional::isPresent).count() > 1) {
      throw new IllegalArgumentException("--task, --prompt-file and --prompt-tokens: give one");
    }
    if (lengths.isPresent() && spec.hasGenerationLength()) {
      throw new IllegalArgumentException("--length and --lengths: give one");
    }
    var name = model.getIdentity().getName();
    return new Workload(name, prompts(model, shipped), lengths(), spec);
  }

  /** What is asked, for reports. */
  public String words() {
    return file.map(f -> "prompts of " + f.getFileName())
        .or(() -> tokens.map(mix -> "random tokens, " + mix))
        .orElse("questions of " + tasks.orElse(ALL_SHIPPED));
  }

  private Optional<Mix<Integer>> lengths() {
    var reader = number(Limits.GENERATION_LENGTH);
    return lengths.map(text -> Mix.parse("--lengths", text, reader));
  }

  private Mix<PromptSource> prompts(Model model, Function<String, Path> shipped)
      throws IOException {
    if (file.isPresent()) {
      return Mix.of(new PromptSource.Listed(PromptFile.read(file.get(), new Wording(raw))));
    }
    if (tokens.isPresent()) {
      var reader = number(model.getContextLength() - 1);
      return Mix.parse("--prompt-tokens", tokens.get(), reader).map(n -> random(n, model));
    }
    try {
      var names = Mix.parse("--task", tasks.orElse(ALL_SHIPPED), UnaryOperator.identity());
      return names.map(name -> questions(name, shipped));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static PromptSource random(int length, Model model) {
    return new PromptSource.RandomTokens(
        length,
        model.getVocabularySize(),
        List.of(model.getMaskToken(), model.getEndOfSequenceToken()));
  }

  private PromptSource questions(String name, Function<String, Path> shipped) {
    var task = Tasks.named(name);
    var path = shipped.apply(task.name());
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "--task takes " + ALL_SHIPPED + "; give other questions as a --prompt-file");
    }
    var source = new Source(path, Optional.empty(), 0, 0, true, Optional.empty());
    var wording = new Wording(raw);
    try {
      return new PromptSource.Listed(
          task.read(source).items().stream().map(item -> wording.prompt(item.ask())).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a whole number from 1 to a bound. */
  private static Function<String, Integer> number(int most) {
    return text -> {
      if (!text.matches("\\d{1,9}")
          || Integer.parseInt(text) < 1
          || Integer.parseInt(text) > most) {
        throw new IllegalArgumentException("must be 1 to " + most + " tokens, is '" + text + "'");
      }
      return Integer.valueOf(text);
    };
  }
}
