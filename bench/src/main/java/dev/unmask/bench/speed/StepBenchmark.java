package dev.unmask.bench.speed;

import ai.djl.ndarray.NDList;
import dev.unmask.bench.speed.bare.BareModel;
import dev.unmask.worker.engine.EngineSettings;
import dev.unmask.worker.engine.ModelState;
import dev.unmask.worker.engine.TorchEngine;
import dev.unmask.worker.model.Checkpoint;
import dev.unmask.worker.rows.Predictions;
import dev.unmask.worker.rows.Step;
import dev.unmask.worker.rows.Wanted;
import dev.unmask.worker.sampling.Sampling;
import dev.unmask.worker.scoring.Confidence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One step of 32 rows against 1,024 keys, head and picks included: through the engine, and as bare
 * DJL tensor calls that do the same arithmetic. Random weights. {@link StepRatio} compares the two
 * where the machine is noisy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class StepBenchmark {
  private static final int POSITIONS = 1024;
  private static final int ROWS = 32;

  /** Which shape: the shipped checkpoints', or one in which arithmetic is nearly everything. */
  public enum Shape {
    /** 8 layers of 256, 7.5 M parameters. */
    MINI,
    /** 8 layers of 1,024, 108 M parameters. */
    MEDIUM;

    RandomCheckpoint checkpoint() {
      return switch (this) {
        case MINI -> RandomCheckpoint.llada(8, 256, 8, 704, 2048);
        case MEDIUM -> RandomCheckpoint.llada(8, 1024, 16, 2816, 4096);
      };
    }
  }

  /** Shape measured. */
  @Param public Shape shape;

  private Path folder;
  private TorchEngine engine;
  private ModelState state;
  private Step step;
  private BareModel bare;
  private int[] tokens;

  /** Writes and loads the checkpoint, and stores keys by a refresh. */
  @Setup(Level.Trial)
  public void open() throws IOException {
    folder = Files.createTempDirectory("random-checkpoint");
    shape.checkpoint().write(folder);
    tokens = new int[ROWS];
    Arrays.fill(tokens, shape.checkpoint().shape().vocabulary() - 1);
    try (var checkpoint = Checkpoint.open(folder)) {
      engine = TorchEngine.load(checkpoint, EngineSettings.cpu());
      bare = new BareModel(checkpoint, POSITIONS);
    }
    state = engine.open(POSITIONS - ROWS, ROWS);
    int[] all = IntStream.range(0, POSITIONS).toArray();
    int[] block = IntStream.range(POSITIONS - ROWS, POSITIONS).toArray();
    state.step(step(0, all, new int[POSITIONS], block));
    step = step(1, block, tokens, block);
  }

  private static Step step(int number, int[] rows, int[] tokens, int[] scored) {
    var wanted = Wanted.of(Confidence.MAX_PROBABILITY, Sampling.GREEDY);
    return Step.overwriting(number, rows, tokens, scored, wanted);
  }

  /** The engine's step. */
  @Benchmark
  public Predictions engine() {
    return state.step(step);
  }

  /** The same arithmetic as tensor calls. */
  @Benchmark
  public long[] bareTensorCalls() {
    try (NDList best = bare.step(tokens, POSITIONS - ROWS)) {
      best.get(1).toFloatArray();
      return best.get(0).toLongArray();
    }
  }

  /** Frees everything. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    state.close();
    engine.close();
    bare.close();
    try (var files = Files.list(folder)) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
