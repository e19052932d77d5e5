package dev.unmask.worker.engine.forward;

import ai.djl.pytorch.jni.IValue;
import dev.unmask.contract.Limits;
import dev.unmask.worker.engine.program.TorchProgram;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * What hidden states predict, for several requests: questions are asked, all are answered at once,
 * and the host waits for the device a single time. Rows of requests that pick in the same manner
 * are picked together. For the engine's thread only.
 */
public final class Head implements AutoCloseable {
  /** Copies of a row's logits that the most careful way of picking makes. */
  private static final int COPIES = 6;

  private static final int ANSWERS = 3;
  private static final float[] NONE = {};

  private final TorchProgram program;
  private final Readout readout;
  private final int mostRows;
  private final List<Question> questions = new ArrayList<>();
  private final List<Answer> answers = new ArrayList<>();

  /** Where rows of one question went. */
  private record Answer(int question, int from, int count, Readout.Entry entry, int offset) {
    /** Copies tokens, confidences and what was probed to where the question's rows are. */
    void copy(float[][] found) {
      float[] all = entry.floats();
      int width = all.length / ANSWERS;
      for (int i = 0; i < ANSWERS; i++) {
        System.arraycopy(all, i * width + offset, found[i], from, count);
      }
    }
  }

  /** One row of a question. */
  private record Row(int question, int index) {}

  private record Group(IValue hidden, Manner manner, int own) {}

  /**
   * No question yet.
   *
   * @param vocabulary of the model, which says how many rows' logits fit
   */
  public Head(TorchProgram program, int vocabulary) {
    this.program = program;
    readout = new Readout(program);
    mostRows = (int) Math.max(1, Limits.LOGIT_BYTES / ((long) vocabulary * Float.BYTES * COPIES));
  }

  /** Asks; the answer has the number that is returned. */
  public int ask(Question question) {
    questions.add(question);
    return questions.size() - 1;
  }

  /** Asks for the probability of tokens in rows of hidden states; to be read after the run. */
  public Readout.Entry verify(IValue hidden, int[] rows, int[] tokens) {
    try (var call = program.call("verify")) {
      var answer = call.value(hidden).vector(Rows.concat(rows, tokens)).run();
      return readout.add(answer, rows.length);
    }
  }

  /** Asks for a vector that is on the device, to be closed by its owner after the run. */
  public Readout.Entry read(IValue vector, int length) {
    return readout.lend(vector, length);
  }

  /** Answers everything. */
  public void run() {
    var groups = new LinkedHashMap<Group, List<Row>>();
    for (int q = 0; q < questions.size(); q++) {
      var question = questions.get(q);
      var group = new Group(question.hidden(), question.manner(), question.own() ? q : -1);
      var rows = groups.computeIfAbsent(group, _ -> new ArrayList<>());
      for (int i = 0; i < question.rows().length; i++) {
        rows.add(new Row(q, i));
      }
    }
    groups.forEach(this::predict);
    readout.run();
  }

  private void predict(Group group, List<Row> rows) {
    for (int from = 0; from < rows.size(); from += mostRows) {
      var some = rows.subList(from, Math.min(rows.size(), from + mostRows));
      var entry = readout.add(predict(group.manner(), some), ANSWERS * some.size());
      note(some, entry);
    }
  }

  /** Notes where each question's rows are; they follow each other. */
  private void note(List<Row> rows, Readout.Entry entry) {
    int begin = 0;
    for (int i = 1; i <= rows.size(); i++) {
      if (i == rows.size() || rows.get(i).question() != rows.get(begin).question()) {
        var first = rows.get(begin);
        answers.add(new Answer(first.question(), first.index(), i - begin, entry, begin));
        begin = i;
      }
    }
  }

  private IValue predict(Manner manner, List<Row> rows) {
    var any = questions.get(rows.getFirst().question());
    double scale = any.push().map(Question.Push::scale).orElse(0.0);
    try (var call = program.call("predict")) {
      call.value(any.hidden()).vector(describe(rows));
      call.numbers(manner.temperature(), manner.topP(), scale);
      call.numbers(manner.topK(), manner.confidence(), manner.probe());
      call.numbers(manner.barred().stream().mapToLong(Long::longValue).toArray());
      call.numbers(manner.doubted().stream().mapToLong(Long::longValue).toArray());
      call.value(any.past().orElse(program.nothing()));
      return call.list(any.push().map(Question.Push::difference).stream().toList()).run();
    }
  }

  /** Five numbers of each row: index, position, seed, step, place. */
  private long[] describe(List<Row> rows) {
    long[] numbers = new long[5 * rows.size()];
    for (int i = 0; i < rows.size(); i++) {
      var question = questions.get(rows.get(i).question());
      int index = rows.get(i).index();
      var step = question.step();
      numbers[i] = question.rows()[index];
      numbers[rows.size() + i] = step.scored()[index];
      numbers[2 * rows.size() + i] = step.wanted().sampling().seed();
      numbers[3 * rows.size() + i] = step.number();
      numbers[4 * rows.size() + i] = question.places()[index];
    }
    return numbers;
  }

  /**
   * The answer to a question.
   *
   * @throws IllegalStateException if a confidence is not a number
   */
  public Predictions answer(int number) {
    var question = questions.get(number);
    int count = question.rows().length;
    float[][] found = new float[ANSWERS][count];
    answers.stream()
        .filter(answer -> answer.question() == number)
        .forEach(answer -> answer.copy(found));
    requireNumbers(question.step(), found[1]);
    int[] tokens = new int[count];
    for (int i = 0; i < count; i++) {
      tokens[i] = (int) found[0][i];
    }
    float[] probed = question.manner().probes() ? found[2] : NONE;
    return new Predictions(tokens, found[1], probed, NONE, NONE, 0);
  }

  private static void requireNumbers(Step step, float[] confidences) {
    for (int i = 0; i < confidences.length; i++) {
      if (Float.isNaN(confidences[i])) {
        throw new IllegalStateException(
            "step %d computed no number at row %d".formatted(step.number(), step.scored()[i]));
      }
    }
  }

  @Override
  public void close() {
    readout.close();
  }
}
