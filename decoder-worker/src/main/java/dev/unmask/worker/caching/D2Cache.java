package dev.unmask.worker.caching;

import dev.unmask.worker.caching.session.CacheSession;
import dev.unmask.worker.caching.session.Shape;

/**
 * After a first step of all rows, every step computes one set of positions in all layers: the masks
 * of highest certainty density, what was just committed, and of the rest the positions that hold a
 * share of the attention rollout. Nothing else is ever refreshed.
 *
 * <pre>
 *   current_k 2, rollout_p 0.1   prompt | response
 *   step 0                       RRRRRR | RRRRRRRRRR     R computed, K stored
 *   step 1                       KKRKKK | #RRKKKKKRK     # just committed, then two masks, and what
 *   step 2                       KKRKKK | K##RRKKKKK       the rollout points at
 * </pre>
 *
 * <p>The state does not follow from the canvas. Source: d2Cache section 3.2, in two modes.
 *
 * @param rolloutP share of the rollout, 0 to 1
 * @param currentK masks a step computes, at least 1
 * @param sigma width of the density in positions, above 0
 * @param inflateW computed positions at most this far apart have what lies between computed too; 0:
 *     none
 * @param mode whom to follow where code and paper part
 */
public record D2Cache(double rolloutP, int currentK, double sigma, int inflateW, Mode mode)
    implements CachePolicy {
  public D2Cache {
    if (!(rolloutP >= 0 && rolloutP <= 1) || currentK < 1 || !(sigma > 0) || inflateW < 0) {
      throw new IllegalArgumentException("no d2Cache: " + rolloutP + ", " + currentK);
    }
  }

  /** Where the published code and the paper part. */
  public enum Mode {
    /**
     * The code: densities weigh the confidences of the first step for ever, the search for masks
     * ends at a multiple of the masks left in the block, and the rollout's share is not exceeded.
     */
    COMPATIBLE,
    /**
     * The paper: a confidence is that of the last step which computed it, the search ends at the
     * block's own boundaries, and the rollout's share is reached.
     */
    PAPER
  }

  @Override
  public CacheSession open(Shape shape) {
    return new D2Session(this, shape);
  }
}
