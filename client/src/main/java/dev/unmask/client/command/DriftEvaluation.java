package dev.unmask.client.command;

import dev.unmask.client.document.WholeFile;
import dev.unmask.client.evaluation.grading.MarkedAnswer;
import dev.unmask.client.evaluation.task.file.Row;
import dev.unmask.client.evaluation.task.file.RowException;
import dev.unmask.client.evaluation.task.file.Rows;
import dev.unmask.client.terminal.Streams;
import dev.unmask.worker.drift.DriftFile;
import dev.unmask.worker.drift.DriftPlan;
import dev.unmask.worker.drift.DriftQuestion;
import dev.unmask.worker.drift.DriftReport;
import dev.unmask.worker.drift.DriftStudy;
import dev.unmask.worker.text.ChatTemplate.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * {@code eval --drift}: measures to which depth a model's lower layers may come from another
 * request, and writes the table beside the model.
 *
 * @param streams to print to
 * @param folders of the checkpoints
 * @param file of questions, several a document, with {@code document_id}
 * @param limit most questions a document; empty: all
 * @param shares of a prompt to measure, above 0 to 1
 * @param generationLength masks behind a prompt
 * @param out where the report goes; empty: it is printed
 */
record DriftEvaluation(
    Streams streams,
    List<Path> folders,
    Path file,
    Optional<Integer> limit,
    List<Double> shares,
    int generationLength,
    Optional<Path> out) {
  int run() throws IOException {
    var plan = new DriftPlan(questions(), shares, generationLength);
    var report = new StringBuilder();
    for (var folder : folders) {
      int count = plan.questions().size();
      var findings = DriftStudy.run(folder, plan, done -> progress(folder, done, count));
      DriftFile.write(folder, findings, measured(count));
      var section = DriftReport.of(findings);
      report.append(section).append('\n');
      if (out.isPresent()) {
        WholeFile.write(out.get(), report.toString());
      } else {
        streams.out().println(section);
      }
    }
    return 0;
  }

  private String measured(int questions) {
    return "%d questions of %s, generation length %d, threshold 0.9, dual cache, float32"
        .formatted(questions, file.getFileName(), generationLength);
  }

  private void progress(Path folder, int done, int all) {
    streams.err().printf("%s: %d of %d questions%n", folder.getFileName(), done, all);
  }

  /** The first ones of each document. */
  private List<DriftQuestion> questions() throws IOException {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no file of questions " + file);
    }
    var rows = Rows.read(file);
    if (!rows.faults().isEmpty()) {
      throw new IllegalArgumentException(file + ": " + rows.faults().getFirst());
    }
    var documents = new LinkedHashMap<String, List<DriftQuestion>>();
    for (var row : rows.rows()) {
      try {
        var question = question(row);
        documents.computeIfAbsent(question.document(), _ -> new ArrayList<>()).add(question);
      } catch (RowException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }
    int most = limit.orElse(Integer.MAX_VALUE);
    return documents.values().stream().flatMap(list -> list.stream().limit(most)).toList();
  }

  private static DriftQuestion question(Row row) throws RowException {
    var turns = new ArrayList<Turn>();
    for (var turn : row.rows("messages")) {
      turns.add(new Turn(turn.text("role"), turn.text("content")));
    }
    var grader = new MarkedAnswer(row.text("answer"));
    return new DriftQuestion(row.text("document_id"), turns, text -> grader.grade(text).correct());
  }
}
