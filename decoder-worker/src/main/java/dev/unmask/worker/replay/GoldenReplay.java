package dev.unmask.worker.replay;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;

/** Replays golden traces on the engine that serves requests, in fp32 on the CPU. */
public final class GoldenReplay {
  private GoldenReplay() {}

  /**
   * Replays every case of a folder and prints what was skipped, what differed, and the summary.
   *
   * @param folder with {@code index.json}, {@code cases/} and {@code models/}
   * @param out where to print
   * @throws IOException when the index, a case or a model cannot be read
   */
  public static ReplayReport run(Path folder, PrintStream out) throws IOException {
    var report = Replay.run(folder, EngineReplayModel::open);
    report.print(out);
    return report;
  }
}
