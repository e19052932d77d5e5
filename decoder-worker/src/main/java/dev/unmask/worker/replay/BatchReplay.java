package dev.unmask.worker.replay;

import dev.unmask.worker.replay.cases.CaseReading;
import dev.unmask.worker.replay.cases.GoldenCase;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch of d2Cache's, whose rows step together because each computes as many positions as the
 * largest of them. Rows of every other method ignore each other and are replayed one by one.
 */
final class BatchReplay {
  private final List<BatchMember> members = new ArrayList<>();

  private BatchReplay() {}

  /** Replays all rows of a case. */
  static List<TraceRun> run(GoldenCase trace, CaseReading reading, ReplayModel model) {
    return new BatchReplay().open(trace.rows(), reading, model);
  }

  /** Opens one row after the other, then decodes while all are open. */
  private List<TraceRun> open(List<GoldenCase.Row> left, CaseReading reading, ReplayModel model) {
    if (left.isEmpty()) {
      return decode(reading.method().layout().blocks());
    }
    var row = left.getFirst();
    return model.with(
        row.padding().length,
        row.prompt().length,
        reading.method(),
        denoiser -> {
          var own = new PaddedDenoiser(denoiser, row.padding());
          members.add(new BatchMember(reading, row, own));
          return open(left.subList(1, left.size()), reading, model);
        });
  }

  private List<TraceRun> decode(int blocks) {
    for (int block = 0; block < blocks; block++) {
      var active = inBlock(block);
      while (!active.isEmpty()) {
        int rows = active.stream().mapToInt(BatchMember::rows).max().orElseThrow();
        active.forEach(member -> member.step(rows));
        float largest = active.stream().map(BatchMember::largest).max(Float::compare).orElseThrow();
        active.forEach(member -> member.lift(largest));
        active = inBlock(block);
      }
    }
    return members.stream().map(BatchMember::run).toList();
  }

  private List<BatchMember> inBlock(int block) {
    return members.stream().filter(member -> member.inBlock(block)).toList();
  }
}
