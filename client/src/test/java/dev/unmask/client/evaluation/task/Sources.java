package dev.unmask.client.evaluation.task;

import dev.unmask.client.evaluation.sandbox.Grounds;
import dev.unmask.client.evaluation.sandbox.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Sources of questions for tests. */
final class Sources {
  /** Where nothing runs, for tests that grade nothing. */
  static final Grounds STILL =
      new Grounds(
          Path.of("/usr/bin/python3"),
          job -> new Outcome(Outcome.Ending.EXITED, 1, "nothing runs"));

  private final Path folder;

  Sources(Path folder) {
    this.folder = folder;
  }

  Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  Source of(Path file, int shots) {
    return new Source(file, Optional.empty(), shots, 1234, false, Optional.of(STILL));
  }

  static Source chat(Source source) {
    return new Source(
        source.file(), source.shotsFile(), source.shots(), source.seed(), true, source.grounds());
  }

  static Source withShots(Source source, Path shots) {
    return new Source(
        source.file(),
        Optional.of(shots),
        source.shots(),
        source.seed(),
        source.chat(),
        source.grounds());
  }

  static Source withoutGrounds(Source source) {
    return new Source(
        source.file(),
        source.shotsFile(),
        source.shots(),
        source.seed(),
        source.chat(),
        Optional.empty());
  }
}
