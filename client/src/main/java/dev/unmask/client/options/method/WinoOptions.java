package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of WINO. */
final class WinoOptions {
  @Option(
      names = "--wide-in",
      paramLabel = "P",
      description = "--wino: commit tokens at least this sure (default: 0.7)")
  private Optional<Double> wideIn = Optional.empty();

  @Option(
      names = "--narrow-out",
      paramLabel = "P",
      description = "--wino: take back tokens less sure than this (default: 0.9)")
  private Optional<Double> narrowOut = Optional.empty();

  void apply(DecodingSpec.Builder spec, Placement placement) {
    placement.set(
        wideIn,
        spec.hasWino(),
        "--wide-in belongs to --wino",
        value -> spec.getWinoBuilder().setWideInThres(value));
    placement.set(
        narrowOut,
        spec.hasWino(),
        "--narrow-out belongs to --wino",
        value -> spec.getWinoBuilder().setNarrowOutThres(value));
  }
}
