package dev.unmask.bench.quality;

import dev.unmask.bench.Exercise;
import dev.unmask.type.v1.Model;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import dev.unmask.worker.text.AnswerText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A model in this process that answers questions, one at a time. */
public final class Examinee implements AutoCloseable {
  /**
   * What answering took.
   *
   * @param text of the answer
   * @param steps model forwards
   * @param rows computed
   */
  public record Response(String text, int steps, long rows) {}

  private final ServedModel model;

  /** Loads a model folder onto the CPU. */
  public Examinee(Path folder, int threads) {
    model = new ModelFolder(folder).load(new EngineSettings("cpu", OptionalInt.of(threads)));
  }

  /** The model as clients see it. */
  public Model model() {
    return model.description();
  }

  /** Answers with a method, until the answer has ended. */
  public Response answer(Exercise exercise, Method method) {
    int[] prompt =
        model.tokenizer().encode(model.template().orElseThrow().render(exercise.turns()));
    var answer =
        new AnswerText(model.tokenizer()::decodePlain, model.text().endTokens(), List.of());
    var decoding = new Decoding(model.traits(), method, prompt);
    var text = new StringBuilder();
    long rows = 0;
    try (var state = model.engine().open(prompt.length, method)) {
      while (!decoding.done() && !answer.ended()) {
        var outcome = decoding.advance(state);
        rows += outcome.rowsComputed();
        if (outcome.blockFinished()) {
          int[] known =
              Arrays.copyOfRange(decoding.canvas(), prompt.length, decoding.finishedEnd());
          text.append(answer.advance(known, decoding.done()));
        }
      }
    }
    return new Response(text.toString(), decoding.steps(), rows);
  }

  @Override
  public void close() {
    model.tokenizer().close();
    model.engine().close();
  }
}
