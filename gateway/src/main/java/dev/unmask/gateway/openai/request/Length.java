package dev.unmask.gateway.openai.request;

import dev.unmask.contract.CanvasSizes;
import dev.unmask.type.v1.DecodingSpec;
import java.util.Optional;

/**
 * How long the generated part gets. A canvas has whole blocks: what is asked for is rounded up to
 * them, so an answer may be longer than asked by less than a block.
 *
 * @param asked tokens of the answer, by the client or by default
 * @param block tokens a block; 0: as the method has it
 */
public record Length(long asked, long block) {
  /** Of a spec, and of what is asked for beside it. */
  static Length of(Optional<Long> maxTokens, DecodingSpec spec) {
    var block = spec.hasBlockLength() ? Integer.toUnsignedLong(spec.getBlockLength()) : 0;
    return new Length(maxTokens.orElse(CanvasSizes.of(spec).generation()), block);
  }

  /** The generation length with what stands behind the answer; a sum above all bounds stays so. */
  int with(int suffixTokens) {
    long whole = asked + suffixTokens;
    long usual = CanvasSizes.of(DecodingSpec.getDefaultInstance()).block();
    long rounding = block > 0 ? block : Math.min(usual, whole);
    return Math.toIntExact(Math.min(Integer.MAX_VALUE, roundedUp(whole, rounding)));
  }

  private static long roundedUp(long whole, long block) {
    return Math.ceilDiv(whole, block) * block;
  }
}
