package dev.unmask.bench.blocks;

import com.google.protobuf.util.Durations;
import dev.unmask.bench.sharing.Services;
import dev.unmask.client.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One document, many questions: how much sooner the first block of the second question comes than
 * that of the first, whichever worker answers; and whether sharing changes any answer. Two workers
 * in turns, three cache-services, all as processes; the same asked of a fleet that shares nothing.
 *
 * <p>Arguments: folder of the shipped models, file of JVM flags, how many of the longest documents.
 */
public final class DocumentQuestions {
  private final Fleets fleets;
  private final List<Double> ratios = new ArrayList<>();
  private int questions;
  private int different;
  private int rightSharing;
  private int rightAlone;

  private DocumentQuestions(Fleets fleets) {
    this.fleets = fleets;
  }

  /** Runs and prints a row a document; status 1 if an answer differs. */
  public static void main(String[] arguments) throws Exception {
    var models = Path.of(arguments[0]);
    var documents = Documents.read(models);
    int different;
    try (var fleets = Fleets.start(models, Path.of(arguments[1]))) {
      fleets.warmUp(documents);
      var run = new DocumentQuestions(fleets);
      System.out.println(
          "| prompt tokens | first question (ms) | later ones, median (ms) | worst (ms)"
              + " | sooner, median | worst | rows of the first, a later one |");
      System.out.println("|---|---|---|---|---|---|---|");
      documents.longest(Integer.parseInt(arguments[2])).forEach(run::document);
      run.print();
      different = run.different;
    }
    System.exit(different == 0 ? 0 : 1);
  }

  private void document(List<Documents.Asked> asked) {
    var shared = ask(fleets.sharing(), asked);
    var alone = ask(fleets.alone(), asked);
    for (int i = 0; i < asked.size(); i++) {
      var question = asked.get(i).alone();
      questions++;
      different += shared.get(i).tokens().equals(alone.get(i).tokens()) ? 0 : 1;
      rightSharing += question.answeredBy(shared.get(i).text()) ? 1 : 0;
      rightAlone += question.answeredBy(alone.get(i).text()) ? 1 : 0;
    }
    row(shared);
  }

  private static List<Answer> ask(Services fleet, List<Documents.Asked> asked) {
    var answers = new ArrayList<Answer>();
    for (int i = 0; i < asked.size(); i++) {
      answers.add(Fleets.ask(fleet, i, asked.get(i).alone().prompt()));
    }
    return answers;
  }

  private void row(List<Answer> answers) {
    double first = firstBlock(answers.getFirst());
    var later = answers.stream().skip(1).map(DocumentQuestions::firstBlock).sorted().toList();
    double median = later.get(later.size() / 2);
    later.forEach(time -> ratios.add(first / time));
    System.out.printf(
        "| %d | %.0f | %.0f | %.0f | %.1f× | %.1f× | %d, %d |%n",
        answers.getFirst().usage().getPromptTokens(),
        first,
        median,
        later.getLast(),
        first / median,
        first / later.getLast(),
        answers.getFirst().usage().getRowsComputed(),
        answers.getLast().usage().getRowsComputed());
  }

  private static double firstBlock(Answer answer) {
    return Durations.toNanos(answer.usage().getTimeToFirstBlock()) / 1e6;
  }

  private void print() {
    var sorted = ratios.stream().sorted().toList();
    System.out.printf(
        "%nFirst block of later questions, over the first's: median %.1f× sooner, worst %.1f×.%n",
        sorted.get(sorted.size() / 2), sorted.getFirst());
    System.out.printf(
        "%d questions: %d right with sharing, %d without; %d answers differ.%n",
        questions, rightSharing, rightAlone, different);
  }
}
