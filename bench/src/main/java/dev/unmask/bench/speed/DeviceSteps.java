package dev.unmask.bench.speed;

import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How long the engine's steps take at a published model's shape, with random weights: a step of 32
 * rows on 1,024 keys with head and picks, the same with drawn tokens, refreshes, and moving a first
 * forward to host memory and back.
 *
 * <p>Arguments: device ({@code cuda:0}), shape ({@code llada-8b}, {@code dream-7b} or {@code
 * small}), empty folder for the weights (17 GB), file for the results as JSON.
 */
public final class DeviceSteps {
  private static final int ROWS = 32;
  private static final Sampling DRAWN = new Sampling(0.8, 0.95, 50, 7);

  private final TorchEngine engine;
  private final RandomCheckpoint checkpoint;
  private final Findings findings;

  private DeviceSteps(TorchEngine engine, RandomCheckpoint checkpoint, Findings findings) {
    this.engine = engine;
    this.checkpoint = checkpoint;
    this.findings = findings;
  }

  /** Writes weights, loads them, measures and prints one row a measurement. */
  public static void main(String[] arguments) throws IOException {
    var random = named(arguments[1]);
    var folder = Files.createDirectories(Path.of(arguments[2]));
    var findings = new Findings();
    findings.note("device", arguments[0]);
    findings.note("shape", arguments[1] + ", random weights");
    findings.note("weights_bytes", random.bytes());
    long start = System.nanoTime();
    random.write(folder);
    findings.seconds("write_seconds", start);
    start = System.nanoTime();
    try (var checkpoint = Checkpoint.open(folder)) {
      findings.seconds("digest_seconds", start);
      start = System.nanoTime();
      var settings = new EngineSettings(arguments[0], OptionalInt.empty());
      try (var engine = TorchEngine.load(checkpoint, settings)) {
        findings.seconds("load_seconds", start);
        new DeviceSteps(engine, random, findings).measure();
      }
    }
    findings.write(Path.of(arguments[3]));
  }

  private static RandomCheckpoint named(String shape) {
    return switch (shape) {
      case "llada-8b" -> RandomCheckpoint.llada8b();
      case "dream-7b" -> RandomCheckpoint.dream7b();
      case "small" -> RandomCheckpoint.llada(8, 256, 8, 704, 2048);
      default -> throw new IllegalArgumentException("no shape " + shape);
    };
  }

  private void measure() {
    steps(1024);
    forward(1024);
    for (int positions : new int[] {512, 2048}) {
      try (var state = refreshed(positions)) {
        findings.note("refresh_of_" + positions, refresh(state, positions));
      }
    }
  }

  private void steps(int positions) {
    try (var state = refreshed(positions)) {
      findings.note("refresh_of_" + positions, refresh(state, positions));
      for (int rows : new int[] {1, ROWS, 64, 128}) {
        var step = step(positions, IntStream.range(positions - rows, positions).toArray(), 1);
        var timing = Timing.of(() -> state.step(step));
        findings.note("step_of_" + rows + "_rows", timing);
        findings.note("weights_gb_per_second_of_" + rows + "_rows", timing.rate(weightsRead()));
      }
      var greedy = step(positions, IntStream.range(positions - ROWS, positions).toArray(), 1);
      findings.note("step_of_32_rows_drawn", Timing.of(() -> state.step(drawn(greedy))));
      var blind = Step.overwriting(1, greedy.rows(), greedy.tokens(), new int[0], greedy.wanted());
      findings.note("step_of_32_rows_without_head", Timing.of(() -> state.step(blind)));
      int[] scattered = IntStream.range(0, ROWS).map(i -> positions - 2 * ROWS + 2 * i).toArray();
      var apart = step(positions, scattered, 1);
      findings.note("step_of_32_rows_apart", Timing.of(() -> state.step(apart)));
    }
  }

  /** Bytes of weights that a step reads: all but the embedding, of which it looks up some rows. */
  private long weightsRead() {
    var shape = checkpoint.shape();
    return checkpoint.bytes() - 2L * shape.vocabulary() * shape.hidden();
  }

  private Timing refresh(ModelState state, int positions) {
    var all = step(positions, IntStream.range(0, positions).toArray(), 1);
    return Timing.of(() -> state.step(all));
  }

  /** Moves a first forward out of one state and into others. */
  private void forward(int positions) {
    try (var donor = engine.open(positions - ROWS, ROWS)) {
      donor.step(step(positions, IntStream.range(0, positions).toArray(), 0));
      long bytes = engine.pageLayout().layerBytes(positions) * checkpoint.shape().layers();
      findings.note("exported_bytes", bytes);
      var export = Timing.of(() -> donor.export(positions).close());
      findings.note("export_of_" + positions, export);
      findings.note("export_gb_per_second", export.rate(bytes));
      try (var stored = donor.export(positions)) {
        var restore =
            Timing.of(() -> {
              try (var state = engine.open(positions - ROWS, ROWS)) {
                state.restore(stored);
                state.step(step(positions, IntStream.range(0, positions).toArray(), 0));
              }
            });
        findings.note("restore_and_first_step_of_" + positions, restore);
        findings.note("restore_gb_per_second", restore.rate(bytes));
      }
    }
  }

  private ModelState refreshed(int positions) {
    var state = engine.open(positions - ROWS, ROWS);
    state.step(step(positions, IntStream.range(0, positions).toArray(), 0));
    return state;
  }

  /** A step of some rows; the last 32 of them, at most, are scored. */
  private Step step(int positions, int[] rows, int number) {
    int scored = Math.min(rows.length, ROWS);
    int shift = engine.traits().predictionShift();
    int[] tokens = new Random(positions).ints(rows.length, 0, 2000).toArray();
    int[] wanted = IntStream.range(rows.length - scored, rows.length).map(i -> rows[i]).toArray();
    if (number == 0) {
      wanted = IntStream.of(wanted).map(row -> row - shift).toArray();
    }
    return Step.overwriting(
        number, rows, tokens, wanted, Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY));
  }

  private static Step drawn(Step step) {
    var wanted = Wanted.of(Confidence.MAX_PROBABILITY, DRAWN);
    return Step.overwriting(step.number(), step.rows(), step.tokens(), step.scored(), wanted);
  }
}
