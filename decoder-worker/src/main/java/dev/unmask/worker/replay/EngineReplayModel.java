package dev.unmask.worker.replay;

import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Denoiser;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;

/** The engine that serves requests, as traces are replayed on it. */
record EngineReplayModel(TorchEngine engine) implements ReplayModel {
  /** The models of traces are too small for a second thread to pay. */
  private static final EngineSettings SETTINGS = new EngineSettings("cpu", OptionalInt.of(1));

  static ReplayModel open(Path folder) {
    try (var checkpoint = Checkpoint.open(folder)) {
      return new EngineReplayModel(TorchEngine.load(checkpoint, SETTINGS));
    }
  }

  @Override
  public ModelTraits traits() {
    return engine.traits();
  }

  @Override
  public <R> R with(int padding, int promptLength, Method method, Function<Denoiser, R> decode) {
    try (var state =
        padding > 0
            ? engine.openPadded(padding, promptLength, method.generationLength())
            : engine.open(promptLength, method)) {
      return decode.apply(state);
    }
  }

  @Override
  public void close() {
    engine.close();
  }
}
