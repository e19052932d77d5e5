package dev.unmask.bench.policy;

import dev.unmask.worker.rows.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
 * A request with a policy, and the same forwards alone: what is between them is the policy. {@link
 * PolicyShare} compares the two within one run, where the machine is noisy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class PolicyBenchmark {
  /** The policy. */
  @Param public Policies policy;

  /** A model folder. */
  @Param("models/unmask-mini-llada")
  public String model;

  private Request request;
  private List<Step> steps;

  /** Loads the model and learns the policy's steps. */
  @Setup(Level.Trial)
  public void open() {
    request = new Request(Path.of(model));
    steps = request.steps(policy.method());
  }

  /** The request. */
  @Benchmark
  public Object request() {
    return request.decode(policy.method());
  }

  /** Its forwards. */
  @Benchmark
  public int forwards() {
    return request.forwards(policy.method(), steps);
  }

  /** Frees the model. */
  @TearDown(Level.Trial)
  public void close() {
    request.close();
  }
}
