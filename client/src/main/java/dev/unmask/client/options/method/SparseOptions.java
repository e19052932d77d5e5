package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of Sparse-dLLM. */
final class SparseOptions {
  private static final String OWNER = " belongs to --cache sparse";

  @Option(
      names = "--keep-ratio",
      paramLabel = "R",
      description = "--cache sparse: share of the other positions to keep (default: 0.5)")
  private Optional<Double> keepRatio = Optional.empty();

  @Option(
      names = "--kernel-size",
      paramLabel = "N",
      description = "--cache sparse: neighbours that share importance, odd (default: 3)")
  private Optional<Integer> kernelSize = Optional.empty();

  @Option(
      names = "--delay",
      paramLabel = "N",
      description = "--cache sparse: steps of a block before it keeps any (default: 1)")
  private Optional<Integer> delay = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    boolean chosen = spec.hasSparseDllm();
    placement.set(
        keepRatio,
        chosen,
        "--keep-ratio" + OWNER,
        r -> spec.getSparseDllmBuilder().setKeepRatio(r));
    placement.set(
        kernelSize,
        chosen,
        "--kernel-size" + OWNER,
        n -> spec.getSparseDllmBuilder().setKernelSize(n));
    placement.set(delay, chosen, "--delay" + OWNER, n -> spec.getSparseDllmBuilder().setDelay(n));
  }
}
