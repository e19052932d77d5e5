package dev.unmask.client.options.method;

import dev.unmask.type.v1.D2CacheMode;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of d2Cache. */
final class D2Options {
  /** Where d2Cache's code and paper part. */
  enum Mode {
    COMPATIBLE,
    PAPER
  }

  private static final String OWNER = " belongs to --cache d2";

  @Option(
      names = "--rollout-p",
      paramLabel = "P",
      description = "--cache d2: share of the attention rollout recomputed (default: 0.1)")
  private Optional<Double> rolloutP = Optional.empty();

  @Option(
      names = "--current-k",
      paramLabel = "K",
      description = "--cache d2: masks recomputed a step (default: 32)")
  private Optional<Integer> currentK = Optional.empty();

  @Option(
      names = "--cache-sigma",
      paramLabel = "S",
      description = "--cache d2: width of the density that chooses them (default: 10)")
  private Optional<Double> sigma = Optional.empty();

  @Option(
      names = "--inflate-w",
      paramLabel = "W",
      description = "--cache d2: gaps up to W are recomputed, too (default: 0)")
  private Optional<Integer> inflateW = Optional.empty();

  @Option(
      names = "--d2-mode",
      paramLabel = "MODE",
      description = "--cache d2: compatible (with the code, the default) or paper")
  private Optional<Mode> mode = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    boolean chosen = spec.hasD2Cache();
    placement.set(
        rolloutP, chosen, "--rollout-p" + OWNER, p -> spec.getD2CacheBuilder().setRolloutP(p));
    placement.set(
        currentK, chosen, "--current-k" + OWNER, k -> spec.getD2CacheBuilder().setCurrentK(k));
    placement.set(
        sigma, chosen, "--cache-sigma" + OWNER, s -> spec.getD2CacheBuilder().setSigma(s));
    placement.set(
        inflateW, chosen, "--inflate-w" + OWNER, w -> spec.getD2CacheBuilder().setInflateW(w));
    placement.set(
        mode, chosen, "--d2-mode" + OWNER, given -> spec.getD2CacheBuilder().setMode(of(given)));
  }

  private static D2CacheMode of(Mode mode) {
    return switch (mode) {
      case COMPATIBLE -> D2CacheMode.D2_CACHE_MODE_COMPATIBLE;
      case PAPER -> D2CacheMode.D2_CACHE_MODE_PAPER;
    };
  }
}
