package dev.unmask.bench.preference;

import dev.unmask.bench.Exercise;
import dev.unmask.bench.quality.Examinee;
import dev.unmask.contract.preference.PreferenceWords;
import dev.unmask.type.v1.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Measures which decoding method of a model a preference for quality or latency gets: every
 * candidate answers the first questions of each file, greedily, in float32 on a CPU. Methods take
 * turns at every question, so that a busy machine is busy for all of them. Writes {@code
 * methods.json} and prints its rows as Markdown.
 *
 * <p>Arguments: model folder, folder for the table (mostly the same), files of questions whose
 * answers are compared as text.
 */
public final class MethodTable {
  private static final int QUESTIONS = 100;
  private static final int GENERATION_LENGTH = 128;

  private MethodTable() {}

  /** Measures, prints and writes. */
  public static void main(String[] arguments) throws IOException {
    var files = List.of(arguments).subList(2, arguments.length).stream().map(Path::of).toList();
    var exercises =
        files.stream().flatMap(file -> Exercise.read(file, QUESTIONS).stream()).toList();
    try (var examinee = new Examinee(Path.of(arguments[0]), 1)) {
      var methods = measure(examinee, exercises);
      print(examinee.model(), methods);
      new TableFile()
          .write(Path.of(arguments[1]), examinee.model(), methods, measured(exercises, files));
    }
  }

  private static List<Measured> measure(Examinee examinee, List<Exercise> exercises) {
    boolean causal = examinee.model().getBlockLength() > 0;
    var candidates = causal ? Candidate.ofBlockCausal() : Candidate.ofFullAttention();
    var trials =
        candidates.stream()
            .map(candidate -> new Trials(candidate, examinee, GENERATION_LENGTH))
            .toList();
    trials.forEach(trial -> trial.rehearse(examinee, exercises.getFirst()));
    int done = 0;
    for (var exercise : exercises) {
      trials.forEach(trial -> trial.add(examinee, exercise));
      System.err.printf("%d of %d questions%n", ++done, exercises.size());
    }
    return trials.stream().map(Trials::measured).toList();
  }

  private static String measured(List<Exercise> exercises, List<Path> files) {
    return ("%d questions: the first %d each of %s; generation length %d, default blocks, greedy,"
            + " float32")
        .formatted(
            exercises.size(),
            QUESTIONS,
            files.stream()
                .map(file -> file.getFileName().toString())
                .collect(Collectors.joining(", ")),
            GENERATION_LENGTH);
  }

  private static void print(Model model, List<Measured> methods) {
    double slowest = methods.stream().mapToDouble(Measured::nanos).max().orElseThrow();
    var chosen = Choice.of(methods);
    System.out.printf("%n%s%n%n", model.getIdentity().getName());
    System.out.println("| method | right of | steps | rows | time | preference |");
    System.out.println("|---|---|---|---|---|---|");
    for (var method : methods) {
      var preferences =
          chosen.entrySet().stream()
              .filter(entry -> entry.getValue().equals(method))
              .map(entry -> PreferenceWords.of(entry.getKey()))
              .collect(Collectors.joining(", "));
      System.out.printf(
          "| %s | %d / %d | %.1f | %.0f | %.2f | %s |%n",
          method.candidate().name(),
          method.right(),
          method.questions(),
          method.steps(),
          method.rows(),
          method.nanos() / slowest,
          preferences);
    }
  }
}
