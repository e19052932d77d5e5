package dev.unmask.bench.agreement;

import dev.unmask.bench.Exercise;
import dev.unmask.worker.caching.NoCache;
import dev.unmask.worker.decoding.Decoding;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.Denoiser;
import dev.unmask.worker.serving.models.ModelFolder;
import dev.unmask.worker.serving.models.ServedModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A model on one device, solving exercises. For one thread.
 *
 * @param model that is loaded
 */
record Solver(ServedModel model) implements AutoCloseable {
  static Solver load(Path folder, String device) {
    var settings = new EngineSettings(device, OptionalInt.empty());
    return new Solver(new ModelFolder(folder).load(settings));
  }

  int[] prompt(Exercise exercise) {
    return model.tokenizer().encode(model.template().orElseThrow().render(exercise.turns()));
  }

  Decoding decoding(int[] prompt, Method method) {
    return new Decoding(model.traits(), method, prompt);
  }

  ModelState open(int[] prompt, Method method) {
    return ((TorchEngine) model.engine()).open(prompt.length, method.generationLength());
  }

  /** The canvas that a prompt becomes. */
  int[] decode(int[] prompt, Method method) {
    try (var state = open(prompt, method)) {
      return finish(decoding(prompt, method), state);
    }
  }

  /** The same, with the first forward taken out of one state and put into another. */
  int[] decodeRestored(int[] prompt, Method method) {
    try (var donor = open(prompt, method);
        var state = open(prompt, method)) {
      var decoding = decoding(prompt, method);
      var first = decoding.next();
      donor.step(first);
      try (var forward =
          donor.export(method.cache() instanceof NoCache ? 0 : first.rows().length)) {
        state.restore(forward);
      }
      return finish(decoding, state);
    }
  }

  static int[] finish(Decoding decoding, Denoiser denoiser) {
    while (!decoding.done()) {
      decoding.advance(denoiser);
    }
    return decoding.canvas();
  }

  /** Text of a canvas behind its prompt, up to the first token that ends an answer. */
  String text(int[] canvas, int promptLength) {
    int end = promptLength;
    while (end < canvas.length && !model.text().endTokens().contains(canvas[end])) {
      end++;
    }
    return model.tokenizer().decodePlain(Arrays.copyOfRange(canvas, promptLength, end));
  }

  @Override
  public void close() {
    model.engine().close();
    model.tokenizer().close();
  }
}
