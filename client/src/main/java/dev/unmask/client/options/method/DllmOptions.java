package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of dLLM-Cache. */
final class DllmOptions {
  @Option(
      names = "--kp",
      paramLabel = "N",
      description = "--cache dllm: recompute the prompt every N steps (default: 50)")
  private Optional<Integer> kp = Optional.empty();

  @Option(
      names = "--kr",
      paramLabel = "N",
      description = "--cache dllm: recompute the response every N steps (default: 4)")
  private Optional<Integer> kr = Optional.empty();

  @Option(
      names = "--rou",
      paramLabel = "R",
      description = "--cache dllm: share of the response in other steps (default: 0.25)")
  private Optional<Double> rou = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    boolean chosen = spec.hasDllmCache();
    placement.set(
        kp, chosen, "--kp belongs to --cache dllm", n -> spec.getDllmCacheBuilder().setKp(n));
    placement.set(
        kr, chosen, "--kr belongs to --cache dllm", n -> spec.getDllmCacheBuilder().setKr(n));
    placement.set(
        rou, chosen, "--rou belongs to --cache dllm", r -> spec.getDllmCacheBuilder().setRou(r));
  }
}
