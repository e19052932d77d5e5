package dev.unmask.bench.quality;

import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.decoding.Method;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.text.AnswerText;
import dev.unmask.worker.text.ChatTemplate;
import dev.unmask.worker.text.TextTokenizer;
import dev.unmask.worker.text.TokenizerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** A model in this process that answers questions, one at a time. */
final class Examinee implements AutoCloseable {
  /**
   * What answering took.
   *
   * @param text of the answer
   * @param steps model forwards
   * @param rows computed
   */
  record Response(String text, int steps, long rows) {}

  private final TorchEngine engine;
  private final TextTokenizer tokenizer;
  private final TokenizerConfig config;
  private final ChatTemplate template;

  /** Loads a model folder onto the CPU. */
  Examinee(Path folder, int threads) throws IOException {
    try (var checkpoint = Checkpoint.open(folder)) {
      engine = TorchEngine.load(checkpoint, new EngineSettings("cpu", OptionalInt.of(threads)));
    }
    tokenizer = TextTokenizer.open(folder);
    config = TokenizerConfig.read(folder, engine.traits().endOfSequenceToken());
    template = new ChatTemplate(config.chatTemplate().orElseThrow(), config);
  }

  /** Answers with a method, until the answer has ended. */
  Response answer(Exercise exercise, Method method) {
    int[] prompt = tokenizer.encode(template.render(exercise.turns()));
    var answer = new AnswerText(tokenizer::decodePlain, config.endTokens(), List.of());
    var decoding = new Decoding(engine.traits(), method, prompt);
    var text = new StringBuilder();
    long rows = 0;
    try (var state = engine.open(prompt.length, method.generationLength())) {
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
    tokenizer.close();
    engine.close();
  }
}
