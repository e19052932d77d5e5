package dev.unmask.worker.drift;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.serving.models.ServedModel;
import java.util.Arrays;
import java.util.stream.IntStream;

/** One prompt being answered: its first forward, and the steps after it. For one thread. */
final class Examinee implements AutoCloseable {
  private final ServedModel model;
  private final int[] prompt;
  private final Decoding decoding;
  private final ModelState state;
  private int firstRows;
  private int rows;
  private long firstNanos;

  private Examinee(ServedModel model, Method method, int[] prompt) {
    this.model = model;
    this.prompt = prompt;
    decoding = new Decoding(model.traits(), method, prompt);
    state = (ModelState) model.engine().open(prompt.length, method);
  }

  /** With a first forward of its own, that others can go on from below any layer. */
  static Examinee computing(ServedModel model, Method method, int[] prompt) {
    var examinee = new Examinee(model, method, prompt);
    int layers = model.engine().pageLayout().layers();
    examinee.state.watch(prompt.length - 1, IntStream.range(1, layers).toArray());
    return examinee.begun();
  }

  /** With a first forward that goes on from another's. */
  static Examinee lent(ServedModel model, Method method, int[] prompt, StoredForward prefix) {
    var examinee = new Examinee(model, method, prompt);
    examinee.state.lend(prefix);
    return examinee.begun();
  }

  private Examinee begun() {
    long start = System.nanoTime();
    Predictions first = state.step(decoding.next());
    firstNanos = System.nanoTime() - start;
    firstRows = first.rowsComputed();
    rows = firstRows;
    decoding.accept(first);
    return this;
  }

  int[] prompt() {
    return prompt;
  }

  /** What the first forward left of leading positions below a layer. */
  StoredForward prefix(int positions, int depth) {
    return state.exportPrefix(positions, depth);
  }

  /** Answers to the end. */
  Trials.Trial finish(DriftQuestion question) {
    long start = System.nanoTime();
    while (!decoding.done()) {
      rows += decoding.advance(state).rowsComputed();
    }
    long nanos = firstNanos + System.nanoTime() - start;
    boolean right = question.right().test(text());
    return new Trials.Trial(right, firstRows, rows, firstNanos, nanos);
  }

  private String text() {
    int[] answer = Arrays.copyOfRange(decoding.canvas(), prompt.length, decoding.finishedEnd());
    int end = 0;
    while (end < answer.length && !model.text().endTokens().contains(answer[end])) {
      end++;
    }
    return model.tokenizer().decodePlain(Arrays.copyOf(answer, end));
  }

  @Override
  public void close() {
    state.close();
  }
}
