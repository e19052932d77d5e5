package dev.unmask.worker.reference;

import dev.unmask.worker.method.Method;
import dev.unmask.worker.method.ModelTraits;
import dev.unmask.worker.replay.ReplayModel;
import dev.unmask.worker.rows.Denoiser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;

/** The reference model, as traces are replayed on it. */
public record PlainReplayModel(PlainModel model) implements ReplayModel {
  /** Reads a model folder. */
  public static ReplayModel open(Path folder) {
    try {
      return new PlainReplayModel(PlainModel.open(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public ModelTraits traits() {
    return model.traits();
  }

  @Override
  public <R> R with(int padding, int promptLength, Method method, Function<Denoiser, R> decode) {
    return decode.apply(
        padding > 0
            ? model.openPadded(padding, promptLength, method)
            : model.open(promptLength, method));
  }
}
