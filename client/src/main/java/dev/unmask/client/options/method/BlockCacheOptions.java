package dev.unmask.client.options.method;

import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Parameters of the cache of block-causal models. */
final class BlockCacheOptions {
  @Option(
      names = "--within-block",
      description =
          "--cache block: steps compute --block rows of the model's block where they can"
              + " (Fast-dLLM v2's sub-block cache)")
  private boolean withinBlock;

  void apply(DecodingSpec.Builder spec, Placement placement) {
    placement.set(
        Optional.of(withinBlock).filter(given -> given),
        spec.hasBlockCache(),
        "--within-block belongs to --cache block",
        given -> spec.getBlockCacheBuilder().setWithinBlock(given));
  }
}
