package dev.unmask.worker.method;

import dev.unmask.contract.Problem;
import dev.unmask.contract.ProblemException;
import dev.unmask.worker.caching.BlockCache;
import dev.unmask.worker.caching.CachePolicy;
import dev.unmask.worker.caching.DualCache;
import dev.unmask.worker.canvas.Grid;
import dev.unmask.worker.unmask.Layout;
import dev.unmask.worker.unmask.Threshold;
import dev.unmask.worker.unmask.UnmaskPolicy;
import java.util.Optional;

/**
 * How one canvas is decoded: an unmask policy times a cache policy, and what surrounds them.
 * Immutable and safe to share.
 *
 * @param generationLength tokens to generate, 1 to 4096
 * @param blockLength tokens a block, a divisor of the generation length; of the model's block,
 *     whose grid it follows, if attention is block-causal
 * @param unmask which masks become tokens after a step
 * @param cache which rows a step computes
 * @param scoring how tokens are chosen and how sure they are
 * @param guidance by the same canvas without its prompt; empty: none
 * @param endOfSequence what an end-of-sequence token does
 * @param compatibility whose behaviour to follow where the originals disagree
 */
public record Method(
    int generationLength,
    int blockLength,
    UnmaskPolicy unmask,
    CachePolicy cache,
    Scoring scoring,
    Optional<Guidance> guidance,
    EndOfSequenceRule endOfSequence,
    Compatibility compatibility) {

  /**
   * Checks all rules between fields.
   *
   * @throws ProblemException a bad request that names every rule broken
   */
  public Method {
    var violations =
        MethodRules.violations(
            generationLength, blockLength, new MethodRules.Policies(unmask, cache, compatibility));
    violations.addAll(MethodRules.violations(scoring, compatibility));
    if (!violations.isEmpty()) {
      throw new ProblemException(new Problem.BadRequest(violations));
    }
  }

  /** Threshold 0.9 with the dual cache, greedy, in blocks of 32 or shorter. */
  public static Method standard(int generationLength) {
    return new Method(
        generationLength,
        Math.min(32, generationLength),
        new Threshold(0.9),
        new DualCache(),
        Scoring.GREEDY,
        Optional.empty(),
        EndOfSequenceRule.STOP,
        Compatibility.UNMASK);
  }

  /** What a model is decoded with that says nothing else: of a block-causal one, its own blocks. */
  public static Method standard(int generationLength, ModelTraits traits) {
    var full = standard(generationLength);
    return traits.causalBlock().isEmpty()
        ? full
        : new Method(
            generationLength,
            traits.causalBlock().getAsInt(),
            full.unmask(),
            new BlockCache(false),
            full.scoring(),
            full.guidance(),
            full.endOfSequence(),
            full.compatibility());
  }

  /** The blocks of a canvas: behind its prompt, or on a block-causal model's grid. */
  public Grid grid(ModelTraits traits, int promptLength) {
    int end = promptLength + generationLength;
    return traits.causalBlock().isPresent()
        ? Grid.aligned(promptLength, blockLength, end)
        : Grid.behind(promptLength, blockLength, end);
  }

  /** How the generated part is cut into blocks. */
  public Layout layout() {
    return new Layout(Math.ceilDiv(generationLength, blockLength), blockLength);
  }
}
