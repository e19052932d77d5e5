package dev.unmask.bench.speed;

import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.engine.host.StoredForward;
import dev.unmask.worker.method.Method;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.util.stream.IntStream;

/** Times of moving a first forward of 1,024 positions out of the pool and into it. */
final class DeviceTransfers {
  private static final int BLOCK = 32;
  private static final int POSITIONS = 1024;

  private final TorchEngine engine;
  private final Findings findings;

  DeviceTransfers(TorchEngine engine, Findings findings) {
    this.engine = engine;
    this.findings = findings;
  }

  void measure() {
    var layout = engine.pageLayout();
    long bytes = StoredForward.bytes(layout, POSITIONS, BLOCK);
    try (var donor = open()) {
      donor.step(first());
      findings.note("exported_bytes", bytes);
      var export = Timing.of(() -> donor.export(POSITIONS).close());
      findings.note("export", export);
      findings.note("export_gb_per_second", export.rate(bytes));
      try (var pinned = engine.hostMemory(bytes);
          var forward = StoredForward.over(pinned.bytes(), layout, POSITIONS, BLOCK, () -> {})) {
        fill(donor, forward);
        var restore = Timing.of(() -> restore(forward));
        findings.note("restore_and_first_step", restore);
        findings.note("restore_gb_per_second", restore.rate(bytes));
      }
    }
  }

  private static void fill(ModelState donor, StoredForward target) {
    try (var source = donor.export(POSITIONS)) {
      for (int layer = 0; layer < source.layout().layers(); layer++) {
        for (int span = 0; span < source.spans(); span++) {
          target.page(layer, span).put(source.page(layer, span));
        }
      }
      target.predictions().put(source.predictions());
    }
  }

  private void restore(StoredForward forward) {
    try (var state = open()) {
      state.restore(forward);
      state.step(first());
    }
  }

  private ModelState open() {
    if (engine.open(POSITIONS - BLOCK, Method.standard(BLOCK)) instanceof ModelState state) {
      return state;
    }
    throw new IllegalStateException("an unguided request has one canvas");
  }

  private Step first() {
    int shift = engine.traits().predictionShift();
    int[] rows = IntStream.range(0, POSITIONS).toArray();
    int[] scored = IntStream.range(POSITIONS - BLOCK - shift, POSITIONS - shift).toArray();
    var greedy = Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);
    return Step.overwriting(0, rows, rows, scored, greedy);
  }
}
